import type { FunctionPool } from '@cyclorama/shared/claims.ts';

import { formatDuration, plural } from '../../../lib/units.ts';

export function limitsText(pool: FunctionPool): string {
  const { maxRuntimeSeconds: runtime, longestWaitSeconds: queue, maxPoolSize: most } = pool;
  const limits = [
    runtime === null || runtime === 0 ? 'no run-time limit' : `runs up to ${formatDuration(runtime * 1000)}`,
    queue === null || queue === 0 ? null : `waits up to ${formatDuration(queue * 1000)}`,
    most === null ? null : `at most ${plural(most, 'instance')}`,
  ];
  return limits.filter((limit) => limit !== null).join(', ');
}
