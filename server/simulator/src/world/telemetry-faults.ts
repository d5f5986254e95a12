/**
 * `network`, `cpu` and `memory`: the block is absent. `interfaces`: the list is null; `no-interfaces`: it is empty.
 * `counters`: the CPU total and the interfaces' bytes are null. `row`: the whole sample is absent.
 */
export const TELEMETRY_PARTS = [
  'network',
  'interfaces',
  'no-interfaces',
  'counters',
  'cpu',
  'memory',
  'row',
] as const;
export type TelemetryPart = (typeof TELEMETRY_PARTS)[number];

export type TelemetryFaults = {
  /** Milliseconds; negative: behind. */
  clockOffsetMs: number;
  /** Keeps the offset from ending by itself. */
  cancelClockReset: () => void;
  memoryLimitBytes: number | null;
  /** Left out of the next answer; `instanceId` null stands for every instance. */
  missing: { part: TelemetryPart; instanceId: string | null }[];
};
