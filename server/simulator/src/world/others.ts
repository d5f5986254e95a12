import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { FunctionPool, Lease } from './function-pool.ts';
import type { World } from './world.ts';

/** How other callers of the scheduler behave: not at all, a few that come and go, or all of the pool for good. */
export type OthersMode = 'none' | 'some' | 'full';

/** Lets other callers use the function pools next to the one under test. */
export function startOthers(
  mode: OthersMode,
  world: World,
  pool: FunctionPool,
  clock: Clock,
  random: Random,
): void {
  const functions = [...world.containers.values()].filter((container) => container.functionLimits);
  if (mode === 'none' || functions.length === 0) return;
  const name = () => `batch-${random.hex(8)}`;
  const spawn = (lease: Lease) =>
    pool.spawn(lease.shard, lease.instance.containerId, lease.instance.id, lease.token);

  const visit = async () => {
    const container = random.pick(functions);
    const shard = random.int(0, pool.shards - 1);
    const busy = pool.active(shard, container.id).length;
    const lapses = random.chance(0.15);
    const holdMs = random.int(20_000, 60_000);
    if (busy * 2 >= pool.idle(shard, container.id)) return;
    const lease = await pool.claim(shard, container, name());
    if (typeof lease === 'string' || lapses) return;
    clock.after(random.int(500, 2_500), () => {
      if (typeof spawn(lease) === 'string') return;
      clock.after(holdMs, () => pool.release(shard, container.id, lease.instance.id, lease.token));
    });
  };

  const fill = async () => {
    for (const container of functions)
      for (let shard = 0; shard < pool.shards; shard++)
        while (pool.idle(shard, container.id) > 0) {
          const lease = await pool.claim(shard, container, name());
          if (typeof lease === 'string') break;
          spawn(lease);
        }
  };

  if (mode === 'full') {
    void fill();
    return;
  }
  const next = () =>
    clock.after(random.int(6_000, 14_000), () => {
      void visit();
      next();
    });
  next();
}
