import type { LiveWorld } from '../live-world.ts';
import { EVENT_KINDS } from '../world/happen.ts';

const SAMPLE = 20;

export function summarize(live: LiveWorld): Record<string, unknown> {
  const { world, pool, jobs } = live;
  const byState: Record<string, string[]> = {};
  const counts: Record<string, number> = {};
  for (const instance of world.instances.values()) {
    counts[instance.state] = (counts[instance.state] ?? 0) + 1;
    const ids = (byState[instance.state] ??= []);
    if (ids.length < SAMPLE && instance.functionSeed === null && instance.service === null)
      ids.push(instance.id);
  }
  return {
    scenario: world.scenario,
    now: new Date(world.clock.now()).toISOString(),
    ids: {
      hub: world.hub.id,
      environment: world.environment.id,
      self: world.self,
      containers: Object.fromEntries(
        [...world.containers.values()].map((each) => [each.identifier, each.id]),
      ),
      servers: Object.fromEntries([...world.servers.values()].map((each) => [each.hostname, each.id])),
      virtualMachines: [...world.virtualMachines.keys()],
      instances: byState,
    },
    instances: { total: world.instances.size, byState: counts },
    functions: [...world.containers.values()]
      .filter((container) => container.functionLimits)
      .map((container) => ({
        id: container.id,
        identifier: container.identifier,
        shards: Array.from({ length: pool.shards }, (_, shard) => ({
          idle: pool.idle(shard, container.id),
          active: pool.active(shard, container.id).map((instance) => instance.id),
        })),
      })),
    jobs: jobs.list().map((job) => ({ id: job.id, state: job.state })),
    events: EVENT_KINDS,
  };
}
