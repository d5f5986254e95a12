import type { HeadStartClock } from '../clock.ts';
import { presentContainer } from '../cycle/present-container.ts';
import { presentInstance } from '../cycle/present-instance.ts';
import type { Random } from '../random.ts';
import type { HappenParts } from '../world/happen.ts';
import { startLife } from '../world/life.ts';
import type { LifeParts } from '../world/life.ts';
import type { Container, Instance } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { instancesOf } from '../world/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const PAST_MS = 24 * HOUR;

/** What breaks in the past takes this many times longer to mend than later, so that it shows on a chart of a day. */
const SLOWER = 12;
const PACE = { lowMs: MINUTE, highMs: 2.5 * MINUTE };

/** As the internal API would have answered when it notified: only what had changed since the look before. */
export type Look = { at: number; containers: object[]; instances: object[]; gone: string[] };
/** Times between which an instance ran, oldest first; `to` is null while it still runs. */
export type Span = { from: number; to: number | null };
export type Past = { from: number; looks: Look[]; spans: ReadonlyMap<string, Span[]>; random: Random };

type Parts = HappenParts & Pick<LifeParts, 'random'> & { clock: HeadStartClock };

/** The world lives a day in a moment, by the same rules as later but at a calmer pace, and then goes live. */
export function runPast(parts: Parts): Past {
  const { clock, bus, world } = parts;
  const from = clock.now();
  const spans = new Map<string, Span[]>();
  for (const { id, startedAt } of world.instances.values())
    if (startedAt !== null) spans.set(id, [{ from: startedAt, to: null }]);
  const looks = createLooks(world);
  const stopWatching = [
    bus.onInstanceMoved((instance) => keepSpan(spans, instance, clock.now())),
    bus.onNotification(({ containerIds = [] }) => looks.take(clock.now(), containerIds)),
  ];
  looks.take(from, [...world.containers.keys()]);
  const slowed = { ...clock, after: (ms: number, action: () => void) => clock.after(ms * SLOWER, action) };
  const endLife = startLife({ ...parts, clock: slowed }, PACE);
  planIncidents(parts, clock);
  clock.runAhead(PAST_MS);
  endLife();
  clock.goLive();
  for (const stop of stopWatching) stop();
  return { from, looks: looks.taken, spans, random: parts.random };
}

/** What an operator would want to find: a deployment that went well, and one after which two instances failed. */
function planIncidents({ world, actions, states }: Parts, clock: HeadStartClock): void {
  const [first, second] = [...world.containers.values()].filter(
    ({ id, service, functionLimits, stateful, virtualMachineId }) =>
      id !== world.self.containerId &&
      !(service ?? functionLimits ?? virtualMachineId) &&
      !stateful &&
      instancesOf(world, id).length >= 4,
  );
  if (first) clock.after(PAST_MS - 7 * HOUR, () => actions.deploy(first, 'v2.4.2'));
  if (second) {
    clock.after(PAST_MS - 95 * MINUTE, () => actions.deploy(second, 'v2.4.3'));
    for (const place of [0, 1])
      clock.after(PAST_MS - (88 - place) * MINUTE, () => {
        const instance = instancesOf(world, second.id)[place];
        if (!instance || !states.fail(instance, 'instance exited with code 137: out of memory')) return;
        clock.after(6 * MINUTE, () => states.start(instance));
      });
  }
  const self = world.instances.get(world.self.instanceId);
  if (self) clock.after(PAST_MS - 30_000, () => states.restart(self));
}

function keepSpan(spans: Map<string, Span[]>, { id, state }: Instance, now: number): void {
  const kept = spans.get(id) ?? [];
  const last = kept.at(-1);
  const isUp = state === 'running' || state === 'migrating';
  if (isUp && last?.to !== null) spans.set(id, [...kept, { from: now, to: null }]);
  if (!isUp && last?.to === null) last.to = now;
}

function createLooks(world: World) {
  const taken: Look[] = [];
  const known = new Map<string, string>();
  const changed = (id: string, presented: object): object[] => {
    const text = JSON.stringify(presented);
    if (known.get(id) === text) return [];
    known.set(id, text);
    return [presented];
  };
  const seen = new Map<string, Set<string>>();
  return {
    taken,
    take(at: number, containerIds: readonly string[]): void {
      const containers = containerIds.flatMap((id) => world.containers.get(id) ?? []);
      const look: Look = { at, containers: [], instances: [], gone: [] };
      for (const container of containers) lookAt(look, container);
      if (look.containers.length + look.instances.length + look.gone.length > 0) taken.push(look);
    },
  };
  function lookAt(look: Look, container: Container): void {
    look.containers.push(...changed(container.id, presentContainer(world, container)));
    const instances = instancesOf(world, container.id);
    for (const each of instances) look.instances.push(...changed(each.id, presentInstance(world, each)));
    const ids = new Set(instances.map(({ id }) => id));
    for (const id of seen.get(container.id) ?? []) if (!ids.has(id)) look.gone.push(id);
    seen.set(container.id, ids);
  }
}
