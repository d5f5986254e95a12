import { TELEMETRY_PARTS } from './telemetry-faults.ts';
import type { World } from './world.ts';

export type TelemetryEvent = {
  kind: string;
  id?: string;
  ms?: number;
  forMs?: number;
  bytes?: number;
  part?: string;
};

type Handler = (world: World, event: TelemetryEvent) => string | undefined;

export const TELEMETRY_EVENTS: Record<string, Handler> = {
  'telemetry.clock': ({ telemetryFaults: faults, clock }, { ms = 0, forMs }) => {
    faults.cancelClockReset();
    faults.clockOffsetMs = ms;
    if (forMs !== undefined) faults.cancelClockReset = clock.after(forMs, () => (faults.clockOffsetMs = 0));
    return undefined;
  },
  'telemetry.memory-limit': ({ telemetryFaults }, { bytes }) => {
    telemetryFaults.memoryLimitBytes = bytes ?? null;
    return undefined;
  },
  'telemetry.missing': ({ telemetryFaults }, { part: name, id }) => {
    const part = TELEMETRY_PARTS.find((each) => each === name);
    if (!part) return `part: expected one of ${TELEMETRY_PARTS.join(', ')}, got "${name ?? ''}"`;
    telemetryFaults.missing.push({ part, instanceId: id ?? null });
    return undefined;
  },
};
