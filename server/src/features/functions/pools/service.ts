import type { FunctionPool, FunctionsResponse } from '@cyclorama/shared/claims.ts';
import { upInstanceStates } from '@cyclorama/shared/rules/claims.ts';

import type { ClaimRow } from '../../../store/claims.ts';
import type { FunctionContainer, FunctionDirectory, FunctionInstance } from '../function-directory.ts';

/** `ours` are held by an open claim, `others` run without one; `idle` are stopped, allowed to run and unclaimed. */
export function poolOf(
  container: FunctionContainer,
  instances: FunctionInstance[],
  openClaims: Pick<ClaimRow, 'instance_id'>[],
  shardCount: number | null,
): FunctionPool {
  const held = new Set(openClaims.map((claim) => claim.instance_id));
  const own = instances.filter((instance) => instance.containerId === container.containerId);
  const unheld = own.filter(({ id }) => !held.has(id));
  const others = unheld.filter(({ state }) => upInstanceStates.includes(state)).length;
  const idle = unheld.filter(
    ({ state, readyState }) => (state === 'stopped' || state === 'new') && readyState === 'active',
  ).length;
  return {
    containerId: container.containerId,
    name: container.name,
    enabled: container.enabled,
    instances: own.length,
    ours: own.length - unheld.length,
    others,
    idle,
    notReady: unheld.length - others - idle,
    maxPoolSize: container.maxPoolSize,
    maxRuntimeSeconds: container.maxRuntimeSeconds,
    maxQueueTimeSeconds: container.maxQueueTimeSeconds,
    longestWaitSeconds: longestWaitSeconds(container.maxQueueTimeSeconds, shardCount),
  };
}

/** A claim waits in the queue of one shard after the other. */
function longestWaitSeconds(maxQueueTimeSeconds: number | null, shardCount: number | null): number | null {
  return maxQueueTimeSeconds === null || shardCount === null ? null : maxQueueTimeSeconds * shardCount;
}

export type FunctionsService = { list(): FunctionsResponse };

export function createFunctionsService(options: {
  directory: FunctionDirectory;
  openClaims: () => ClaimRow[];
  shardCount: () => number | null;
}): FunctionsService {
  const { directory, openClaims, shardCount } = options;
  return {
    list() {
      const instances = directory.instances();
      const claims = openClaims();
      const pools = directory
        .containers()
        .map((container) => poolOf(container, instances, claims, shardCount()));
      return {
        freshness: directory.freshness(),
        pools: pools.toSorted((a, b) => a.name.localeCompare(b.name)),
      };
    },
  };
}
