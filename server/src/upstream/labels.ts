import type { UpstreamName } from '@cyclorama/shared/common.ts';

export const upstreamLabels: Record<UpstreamName, string> = {
  cycle: "Cycle's internal API",
  scheduler: 'The function scheduler',
  rerobots: 'rerobots',
  platform: "Cycle's public API",
};
