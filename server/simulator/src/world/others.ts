import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { FunctionPool, Lease } from './function-pool.ts';
import type { Container } from './types.ts';
import type { World } from './world.ts';

/** Other callers of the scheduler: none, a few that come and go, or enough to hold the whole pool permanently. */
export type OthersMode = 'none' | 'some' | 'full';

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

  const hold = (lease: Lease, holdMs: number) => {
    if (typeof spawn(lease) === 'string') return;
    const { instance, shard, token } = lease;
    clock.after(holdMs, () => pool.release(shard, instance.containerId, instance.id, token));
  };

  const visit = () => {
    const container = random.pick(functions);
    const shard = random.int(0, pool.shards - 1);
    const lapses = random.chance(0.15);
    const [thinkMs, holdMs] = [random.int(500, 2_500), random.int(20_000, 60_000)];
    if (pool.active(shard, container.id).length * 2 >= pool.idle(shard, container.id)) return;
    pool.claim(shard, container, name(), (lease) => {
      if (typeof lease !== 'string' && !lapses) clock.after(thinkMs, () => hold(lease, holdMs));
    });
  };

  const fill = (container: Container, shard: number) => {
    for (let left = pool.idle(shard, container.id); left > 0; left--)
      pool.claim(shard, container, name(), (lease) => {
        if (typeof lease !== 'string') spawn(lease);
      });
  };

  if (mode === 'full') {
    for (const container of functions)
      for (let shard = 0; shard < pool.shards; shard++) fill(container, shard);
    return;
  }
  const next = () =>
    clock.after(random.int(6_000, 14_000), () => {
      visit();
      next();
    });
  next();
}
