import type { KeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import type { FunctionContainer, FunctionDirectory } from '../function-directory.ts';
import type { ClaimExecutor, SpawnOrder } from './executor.ts';
import type { ClaimOrder } from './order.ts';
import type { Reconciler } from './reconciler.ts';

export type ClaimRuns = {
  /**
   * Spawns at once if variables are given. Throws if certainly nothing was claimed or spawned; an unanswered claim
   * returns `requested` with its failure and is followed to its end.
   */
  run(container: FunctionContainer, order: ClaimOrder): Promise<ClaimRow>;
  /** The caller holds the claim's mutex. An unanswered spawn is checked once before this returns. */
  spawn(row: ClaimRow, order: Omit<SpawnOrder, 'container'>): Promise<ClaimRow>;
};

type Options = {
  mutex: KeyedMutex;
  executor: ClaimExecutor;
  reconciler: Pick<Reconciler, 'settle'>;
  directory: FunctionDirectory;
};

export function createClaimRuns({ mutex, executor, reconciler, directory }: Options): ClaimRuns {
  const settled = async (spawned: ClaimRow): Promise<ClaimRow> =>
    spawned.state === 'spawning' ? reconciler.settle(spawned) : spawned;
  return {
    async spawn(row, order) {
      const container = directory.containers().find((one) => one.containerId === row.container_id) ?? null;
      return settled(await executor.spawn(row, { ...order, container }));
    },
    run(container, order) {
      const { environmentVariables, owner: actor } = order;
      if (environmentVariables === null) return executor.claim(container, order);
      const releaseAtOnce = order.releaseAfterSeconds === 0;
      const spawnOrder = { container, environmentVariables, actor, releaseAtOnce };
      return executor.claim(container, order, (granted) =>
        mutex.run(granted.row.id, async () => settled(await executor.spawnGranted(granted, spawnOrder))),
      );
    },
  };
}
