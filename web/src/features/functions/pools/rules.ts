import type { FunctionPool } from '@cyclorama/shared/claims.ts';

import { formatDuration } from '../../../lib/units.ts';

export function limitsText({ maxRuntimeSeconds: runtime, longestWaitSeconds: queue }: FunctionPool): string {
  const limits = [
    runtime === null || runtime === 0 ? 'no run-time limit' : `runs up to ${formatDuration(runtime * 1000)}`,
    queue === null || queue === 0 ? null : `waits up to ${formatDuration(queue * 1000)}`,
  ];
  return limits.filter((limit) => limit !== null).join(', ');
}
