import type { Freshness } from '@cyclorama/shared/common.ts';

import type { FunctionLimits } from '../../upstream/cycle/types.ts';
import type { Collector } from './sync/collector.ts';

type Pool = Pick<FunctionLimits, 'maxPoolSize' | 'maxRuntimeSeconds' | 'maxQueueTimeSeconds'>;

export function createFunctionDirectory(collector: Pick<Collector, 'snapshot' | 'freshness'>): {
  containers(): ({ containerId: string; name: string; enabled: boolean } & Pool)[];
  instances(): { id: string; containerId: string; state: string; readyState: string }[];
  freshness(): Freshness;
} {
  const { snapshot } = collector;
  return {
    containers: () =>
      [...snapshot.containers.values()]
        .filter((container) => container.isFunction)
        .map(({ id, name, state, functionLimits }) => ({
          containerId: id,
          name,
          enabled: state.current === 'function',
          maxPoolSize: functionLimits?.maxPoolSize ?? null,
          maxRuntimeSeconds: functionLimits?.maxRuntimeSeconds ?? null,
          maxQueueTimeSeconds: functionLimits?.maxQueueTimeSeconds ?? null,
        })),
    instances: () => {
      const found = [];
      for (const { id, containerId, isFunction, state, readyState } of snapshot.instances.values()) {
        if (isFunction || snapshot.containers.get(containerId)?.isFunction === true)
          found.push({ id, containerId, state: state.current, readyState });
      }
      return found;
    },
    freshness: () => collector.freshness(),
  };
}
