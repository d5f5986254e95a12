import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { ContainerActions } from './container-actions.ts';
import type { InstanceStates } from './instance-states.ts';
import type { Migrations } from './migration.ts';
import { strangeNotification } from './strange-notifications.ts';
import type { Instance } from './types.ts';
import type { Bus, World } from './world.ts';
import { instancesOf } from './world.ts';

export type LifePace = { lowMs: number; highMs: number };

export type LifeParts = {
  world: World;
  bus: Bus;
  clock: Clock;
  random: Random;
  states: InstanceStates;
  migrations: Migrations;
  actions: ContainerActions;
};

/** The most that may be unhealthy at a time, beside what the scenario broke. */
const UNHEALTHY_SHARE = 0.1;

type Happening = { weight: number; happen: (parts: LifeParts, instance: Instance) => void };

const HAPPENINGS: Happening[] = [
  { weight: 26, happen: sicken },
  { weight: 18, happen: crash },
  { weight: 12, happen: ({ states }, instance) => states.restart(instance) },
  { weight: 12, happen: unready },
  { weight: 6, happen: drain },
  { weight: 5, happen: ({ migrations }, instance) => migrations.migrate(instance) },
  { weight: 4, happen: deploy },
  { weight: 10, happen: work },
  { weight: 9, happen: ({ world, bus, random }) => bus.notify(strangeNotification(world, random)) },
];

/** One event per `pace` on some instance; what breaks recovers by itself, also after the returned function ended it. */
export function startLife(parts: LifeParts, pace: LifePace): () => void {
  const { clock, random, world } = parts;
  const total = HAPPENINGS.reduce((sum, happening) => sum + happening.weight, 0);
  const choose = () => {
    let left = random.next() * total;
    return HAPPENINGS.find((happening) => (left -= happening.weight) < 0) ?? HAPPENINGS[0];
  };
  const unhealthy = () => instancesThatCount(world) - candidates(world).length;
  const atFirst = unhealthy();
  const beat = () => {
    const well = candidates(world);
    const roomy = unhealthy() - atFirst < Math.max(1, UNHEALTHY_SHARE * instancesThatCount(world));
    const happening = choose();
    if (well.length > 0 && roomy) happening?.happen(parts, random.pick(well));
    else parts.bus.notify(strangeNotification(world, random));
    wait();
  };
  let end = () => {};
  const wait = () => {
    end = clock.after(random.int(pace.lowMs, pace.highMs), beat);
  };
  wait();
  return () => end();
}

/** Leaves out the caller's own container, functions, services with one instance, and what is not running. */
function candidates(world: World): Instance[] {
  return [...world.instances.values()].filter((instance) => counts(world, instance) && isWell(instance));
}

function instancesThatCount(world: World): number {
  let total = 0;
  for (const instance of world.instances.values())
    if (
      counts(world, instance) &&
      ['running', 'starting', 'failed', 'stopping', 'migrating'].includes(instance.state)
    )
      total++;
  return total;
}

function counts(world: World, instance: Instance): boolean {
  return (
    instance.containerId !== world.self.containerId &&
    instance.functionSeed === null &&
    instance.service === null &&
    instance.virtualMachineId === null &&
    instance.readyState === 'active'
  );
}

function isWell(instance: Instance): boolean {
  return (
    instance.state === 'running' && instance.health?.healthy !== false && instance.drainStartedAt === null
  );
}

function sicken({ clock, random, states }: LifeParts, instance: Instance): void {
  if (!states.setHealthy(instance, false)) return;
  const restarts = random.chance(0.35);
  clock.after(random.int(12_000, 30_000), () => {
    if (instance.state !== 'running') return;
    if (restarts) states.restart(instance);
    else states.setHealthy(instance, true);
  });
}

const REASONS = [
  'instance exited with code 137: out of memory',
  'instance exited with code 1',
  'health check failed three times',
];

function crash({ clock, random, states }: LifeParts, instance: Instance): void {
  if (!states.fail(instance, random.pick(REASONS))) return;
  clock.after(random.int(6_000, 15_000), () => states.start(instance));
}

function unready({ clock, random, states }: LifeParts, instance: Instance): void {
  if (states.setReady(instance, false))
    clock.after(random.int(5_000, 15_000), () => {
      if (instance.state === 'running') states.setReady(instance, true);
    });
}

function drain({ clock, random, states }: LifeParts, instance: Instance): void {
  if (states.setDraining(instance, true))
    clock.after(random.int(8_000, 20_000), () => states.setDraining(instance, false));
}

function deploy({ world, actions, random }: LifeParts, instance: Instance): void {
  const container = world.containers.get(instance.containerId);
  if (!container || container.stateful || instancesOf(world, container.id).length > 8) return;
  actions.deploy(container, `v2.${random.int(1, 9)}.${random.int(0, 20)}`);
}

function work({ world, actions, random }: LifeParts, instance: Instance): void {
  const container = world.containers.get(instance.containerId);
  if (!container) return;
  if (random.chance(0.5)) {
    const fails = random.chance(0.15);
    actions.reconfigure(container, fails ? { failure: 'configuration rejected: port already in use' } : {});
    return;
  }
  actions.build(container, random.chance(0.3) ? random.int(4_000, 9_000) : 0);
}
