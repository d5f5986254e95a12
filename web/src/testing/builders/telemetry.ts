import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

import { live } from './common.ts';

export const telemetry = (over: Partial<TelemetryResponse> = {}): TelemetryResponse => ({
  freshness: live,
  from: 0,
  to: 40,
  stepMs: 10,
  intervalMs: 10,
  times: [0, 10, 20, 30],
  series: [],
  notMeasured: [],
  notMeasuredReason: null,
  byKey: [],
  latestAt: null,
  settledTo: Number.MAX_SAFE_INTEGER,
  ...over,
});
