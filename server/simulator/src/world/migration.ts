import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { InstanceStates } from './instance-states.ts';
import type { Instance, MigrationEnd } from './types.ts';
import type { Bus, World } from './world.ts';

const COPY_MS = [6_000, 10_000] as const;

/** A new instance on the other server takes over and the old one is deleted. */
export type Migrations = {
  /** False where no migration is possible. */
  migrate(instance: Instance, copyMs?: number): boolean;
};

export function createMigrations(
  world: World,
  bus: Bus,
  clock: Clock,
  random: Random,
  states: InstanceStates,
): Migrations {
  const tell = (instance: Instance, topic: string, id = instance.id) =>
    bus.notify({ topic, id, environmentIds: [instance.environmentId], containerIds: [instance.containerId] });

  const finish = (source: Instance, copy: Instance) => {
    for (const side of [source, copy]) {
      if (side.migration) side.migration = { ...side.migration, completedAt: clock.now() };
      states.touch(side);
      tell(side, 'container.instance.migration.update');
    }
    for (const ip of world.ips)
      if (ip.assignment?.instanceId === source.id) ip.assignment = { ...ip.assignment, instanceId: copy.id };
    states.start(copy);
    states.move(source, 'deleting');
    states.later(source, 2_000, () => {
      states.move(source, 'deleted');
      world.instances.delete(source.id);
      tell(source, 'container.instances.reconfigured', source.containerId);
    });
  };

  return {
    migrate(source, copyMs = random.int(...COPY_MS)) {
      if (!states.allows('migrate', source) || source.id === world.self.instanceId) return false;
      const others = [...world.servers.values()].filter(
        (server) => server.id !== source.serverId && server.power === 'on',
      );
      if (others.length === 0) return false;
      const target = random.pick(others);
      const key = world.ids.secret('migration');
      const copy = copyOf(source, world.ids.objectId(), target.id, clock.now());
      const ends: { to: MigrationEnd; from: MigrationEnd } = {
        to: { instanceId: copy.id, serverId: target.id },
        from: { instanceId: source.id, serverId: source.serverId },
      };
      const common = { startedAt: clock.now(), completedAt: null, key };
      source.migration = { ...common, to: ends.to, from: null };
      copy.migration = { ...common, to: null, from: ends.from };
      world.instances.set(copy.id, copy);
      states.move(source, 'migrating');
      tell(source, 'container.instances.reconfigured', source.containerId);
      tell(source, 'container.instance.migration.update');
      states.later(source, copyMs, () => finish(source, copy));
      return true;
    },
  };
}

export function copyOf(source: Instance, id: string, serverId: string, now: number): Instance {
  return {
    ...source,
    id,
    serverId,
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    state: 'new',
    stateChangedAt: now,
    health: source.health && { healthy: null, updated: now },
    readiness: source.readiness && { ready: null, updated: now },
    revision: 0,
  };
}
