import { z } from 'zod';

import { toTelemetryRow } from '../cycle/to-telemetry.ts';
import type { CycleTelemetryRow } from '../cycle/types.ts';
import { telemetry } from '../cycle/wire.ts';

/** Each is a ResourceSnapshot, the same as the internal API's. */
export const telemetryAnswer = z.object({
  data: z.object({ snapshots: z.array(z.unknown()).nullish() }).nullish(),
});

/** Oldest first; what can't be read is left out, and a snapshot that comes twice counts once. */
export function telemetryRowsOf({ data }: z.output<typeof telemetryAnswer>): CycleTelemetryRow[] {
  const rows = new Map<number, CycleTelemetryRow>();
  for (const snapshot of data?.snapshots ?? []) {
    const read = telemetry.safeParse({ ...Object(snapshot), stats: snapshot });
    const row = read.success ? toTelemetryRow(read.data) : null;
    if (row !== null) rows.set(row.at, row);
  }
  return [...rows.values()].toSorted((a, b) => a.at - b.at);
}
