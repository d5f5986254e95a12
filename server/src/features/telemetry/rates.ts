import type { CycleTelemetryRow } from '../../upstream/cycle/types.ts';

/** The order of a sample's values everywhere in this feature. */
export const MEASURES = [
  'cpu',
  'throttled',
  'memory',
  'memoryLimit',
  'receive',
  'transmit',
  'processes',
] as const;
export const MEASURE_COUNT = MEASURES.length;

/** What is kept of an instance's last row, to derive the next sample from: all but `at` count since its restart. */
export type Cursor = {
  at: number;
  cpuNs: number;
  periods: number | null;
  throttledPeriods: number | null;
  receivedBytes: number;
  transmittedBytes: number;
};

/** Values in the order of MEASURES over the time `start` to `at`, epoch milliseconds; null could not be measured. */
export type Sample = { at: number; start: number; values: (number | null)[] };

/** An interval longer than this many of its usual ones is a gap: a mean over it would hide what happened. */
const GAP_INTERVALS = 2.5;

export function cursorOf(row: CycleTelemetryRow): Cursor {
  const { at, cpuNs, periods, throttledPeriods, receivedBytes, transmittedBytes } = row;
  return { at, cpuNs, periods, throttledPeriods, receivedBytes, transmittedBytes };
}

/**
 * The sample between two rows of one instance, or null where the newer one is no newer: the upstream repeats a row
 * until it samples again. Counters are cumulative since the restart (Cycle telemetry docs: CPU in nanoseconds), so a
 * counter that fell means a restart in between: that interval's rates are null, never negative and never a spike.
 */
export function deriveSample(
  before: Cursor | null,
  row: CycleTelemetryRow,
  intervalMs: number,
): Sample | null {
  if (before !== null && row.at <= before.at) return null;
  const levels = { memory: row.memoryBytes, limit: row.memoryLimitBytes, processes: row.processes };
  const elapsedMs = before === null ? 0 : row.at - before.at;
  const usable = before !== null && elapsedMs <= GAP_INTERVALS * intervalMs && !restarted(before, row);
  const start = before !== null && elapsedMs <= GAP_INTERVALS * intervalMs ? before.at : row.at - intervalMs;
  if (!usable || before === null) {
    return {
      at: row.at,
      start,
      values: [null, null, levels.memory, levels.limit, null, null, levels.processes],
    };
  }
  const perSecond = (now: number, then: number): number => ((now - then) * 1000) / elapsedMs;
  return {
    at: row.at,
    start,
    values: [
      (100 * (row.cpuNs - before.cpuNs)) / (elapsedMs * 1e6),
      throttledShare(before, row),
      levels.memory,
      levels.limit,
      perSecond(row.receivedBytes, before.receivedBytes),
      perSecond(row.transmittedBytes, before.transmittedBytes),
      levels.processes,
    ],
  };
}

/** Any counter that fell: the processor's after a restart, an interface's after it was made anew. */
function restarted(before: Cursor, row: CycleTelemetryRow): boolean {
  return (
    row.cpuNs < before.cpuNs ||
    row.receivedBytes < before.receivedBytes ||
    row.transmittedBytes < before.transmittedBytes ||
    (row.periods ?? 0) < (before.periods ?? 0)
  );
}

function throttledShare(before: Cursor, row: CycleTelemetryRow): number | null {
  if (row.periods === null || row.throttledPeriods === null) return null;
  if (before.periods === null || before.throttledPeriods === null) return null;
  const periods = row.periods - before.periods;
  const throttled = row.throttledPeriods - before.throttledPeriods;
  if (throttled < 0 || throttled > periods) return null;
  return periods === 0 ? 0 : (100 * throttled) / periods;
}
