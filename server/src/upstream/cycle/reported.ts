import * as convert from './to-domain.ts';
import { toTelemetryRow } from './to-telemetry.ts';
import type { CycleServer, CycleTelemetryRow } from './types.ts';
import * as wire from './wire.ts';

/** Of an answer to `GET /v1/server/instances/telemetry` that was read elsewhere; unreadable rows are left out. */
export function reportedTelemetry(answer: unknown): CycleTelemetryRow[] {
  const rows = wire.listEnvelope.safeParse(answer).data?.data ?? [];
  return rows.flatMap((row) => {
    const parsed = wire.telemetry.safeParse(row);
    const value = parsed.success ? toTelemetryRow(parsed.data) : null;
    return value === null ? [] : [value];
  });
}

/** Of an answer to `GET /v1/server` that was read elsewhere; null where it is unreadable. */
export function reportedServer(data: unknown): CycleServer | null {
  const parsed = wire.server.safeParse(data);
  return parsed.success ? convert.toServer(parsed.data) : null;
}
