import type { FunctionPool, FunctionsResponse } from '@cyclorama/shared/claims.ts';
import { upInstanceStates } from '@cyclorama/shared/rules/claims.ts';

import type { ClaimRow } from '../../../store/claims.ts';
import type { FunctionContainer, FunctionDirectory, FunctionInstance } from '../function-directory.ts';

/** `ours` run with an open claim, `others` without one; `idle` are stopped, allowed to run and unclaimed. */
export function poolOf(
  container: FunctionContainer,
  instances: FunctionInstance[],
  openClaims: Pick<ClaimRow, 'instance_id'>[],
): FunctionPool {
  const held = new Set(openClaims.map((claim) => claim.instance_id));
  const own = instances.filter((instance) => instance.containerId === container.containerId);
  const up = own.filter((instance) => upInstanceStates.includes(instance.state));
  const ours = up.filter((instance) => held.has(instance.id)).length;
  const idle = own.filter(
    ({ id, state, readyState }) =>
      (state === 'stopped' || state === 'new') && readyState === 'active' && !held.has(id),
  );
  return {
    containerId: container.containerId,
    name: container.name,
    enabled: container.enabled,
    instances: own.length,
    ours,
    others: up.length - ours,
    idle: idle.length,
    maxPoolSize: container.maxPoolSize,
    maxRuntimeSeconds: container.maxRuntimeSeconds,
    maxQueueTimeSeconds: container.maxQueueTimeSeconds,
  };
}

export type FunctionsService = { list(): FunctionsResponse };

export function createFunctionsService(options: {
  directory: FunctionDirectory;
  openClaims: () => ClaimRow[];
}): FunctionsService {
  const { directory, openClaims } = options;
  return {
    list() {
      const instances = directory.instances();
      const claims = openClaims();
      const pools = directory.containers().map((container) => poolOf(container, instances, claims));
      return {
        freshness: directory.freshness(),
        pools: pools.toSorted((a, b) => a.name.localeCompare(b.name)),
      };
    },
  };
}
