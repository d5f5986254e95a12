import type { UpstreamName } from '@cyclorama/shared/common.ts';

/** How sentences and pages name each upstream. */
export const upstreamLabels: Record<UpstreamName, string> = {
  cycle: "Cycle's internal API",
  scheduler: 'The function scheduler',
  rerobots: 'rerobots',
  platform: "Cycle's public API",
};
