import { measure } from '@cyclorama/shared/telemetry.ts';

import type { CycleInterfaceCounters, CycleTelemetryRow } from '../../upstream/cycle/types.ts';

export const MEASURES = measure.options;
export const MEASURE_COUNT = MEASURES.length;

/** All but `at` count since a restart; null where not reported. */
export type Cursor = Pick<
  CycleTelemetryRow,
  'at' | 'cpuNs' | 'periods' | 'throttledPeriods' | 'limitHits' | 'interfaces'
>;

/** Values in the order of MEASURES over `start` to `at`, epoch milliseconds; null: not measurable. */
export type Sample = { at: number; start: number; values: (number | null)[] };

/** How far a sample's time may be ahead of our clock. */
export const MAX_AHEAD_MS = 5_000;
/** A longer interval than this many usual ones is a gap: a mean over it would hide what happened. */
const GAP_INTERVALS = 2.5;

export function cursorOf(row: CycleTelemetryRow): Cursor {
  const { at, cpuNs, periods, throttledPeriods, limitHits, interfaces } = row;
  return { at, cpuNs, periods, throttledPeriods, limitHits, interfaces };
}

type Measured = Record<(typeof MEASURES)[number], number | null>;

/**
 * Null where the row repeats the known one: the upstream repeats it until it samples again. Counters are cumulative
 * since the restart (Cycle telemetry docs: CPU in nanoseconds). A counter that fell means a restart, so that interval's
 * rates are null, never negative and never a spike. The same holds for a counter missing in one of the rows, and for a
 * row older than the last (a clock was corrected).
 */
export function deriveSample(
  before: Cursor | null,
  row: CycleTelemetryRow,
  intervalMs: number,
): Sample | null {
  if (before !== null && row.at === before.at) return null;
  const near = before !== null && row.at > before.at && row.at - before.at <= GAP_INTERVALS * intervalMs;
  const rates = near && !restarted(before, row) ? ratesOf(before, row) : null;
  const measured: Measured = {
    memory: row.memoryBytes,
    memoryLimit: row.memoryLimitBytes,
    processes: row.processes,
    swap: row.swapBytes,
    cache: row.cacheBytes,
    ...(rates ?? NO_RATES),
  };
  return {
    at: row.at,
    start: near ? before.at : row.at - intervalMs,
    values: MEASURES.map((name) => measured[name]),
  };
}

type Rates = Omit<Measured, 'memory' | 'memoryLimit' | 'processes' | 'swap' | 'cache'>;

const NO_RATES: Rates = {
  cpu: null,
  throttled: null,
  memoryLimitHits: null,
  receive: null,
  transmit: null,
  receivePrivate: null,
  transmitPrivate: null,
  receivePublic: null,
  transmitPublic: null,
  networkErrors: null,
  networkDrops: null,
};

function ratesOf(before: Cursor, row: CycleTelemetryRow): Rates {
  const elapsedMs = row.at - before.at;
  const perSecond = (grown: number | null): number | null =>
    grown === null ? null : (grown * 1000) / elapsedMs;
  const cpuNs = growth(before.cpuNs, row.cpuNs);
  const traffic = (counter: InterfaceCounter, kind?: CycleInterfaceCounters['kind']): number | null =>
    perSecond(interfaceGrowth(before.interfaces, row.interfaces, counter, kind));
  return {
    cpu: cpuNs === null ? null : (100 * cpuNs) / (elapsedMs * 1e6),
    throttled: throttledShare(before, row),
    memoryLimitHits: perSecond(growth(before.limitHits, row.limitHits)),
    receive: traffic('receivedBytes'),
    transmit: traffic('transmittedBytes'),
    receivePrivate: traffic('receivedBytes', 'private'),
    transmitPrivate: traffic('transmittedBytes', 'private'),
    receivePublic: traffic('receivedBytes', 'public'),
    transmitPublic: traffic('transmittedBytes', 'public'),
    networkErrors: traffic('errors'),
    networkDrops: traffic('drops'),
  };
}

function growth(then: number | null, now: number | null): number | null {
  return then === null || now === null || now < then ? null : now - then;
}

type InterfaceCounter = 'receivedBytes' | 'transmittedBytes' | 'errors' | 'drops';

/**
 * Growth over all interfaces of a kind (or all). Null where there are none, or where one is missing in either row: the
 * total a new interface arrives with would show as a spike.
 */
function interfaceGrowth(
  before: readonly CycleInterfaceCounters[],
  now: readonly CycleInterfaceCounters[],
  counter: InterfaceCounter,
  kind?: CycleInterfaceCounters['kind'],
): number | null {
  const ofKind = (each: CycleInterfaceCounters): boolean => kind === undefined || each.kind === kind;
  const known = new Map(before.filter(ofKind).map((each) => [each.name, each]));
  const current = now.filter(ofKind);
  if (current.length === 0 || known.size !== current.length) return null;
  let sum = 0;
  for (const each of current) {
    const grown = growth(known.get(each.name)?.[counter] ?? null, each[counter]);
    if (grown === null) return null;
    sum += grown;
  }
  return sum;
}

/** The CPU counter falls after a restart, an interface's after it was recreated. */
function restarted(before: Cursor, row: CycleTelemetryRow): boolean {
  const fell = (then: number | null, now: number | null): boolean =>
    then !== null && now !== null && now < then;
  return (
    fell(before.cpuNs, row.cpuNs) ||
    fell(before.periods, row.periods) ||
    row.interfaces.some((now) => {
      const then = before.interfaces.find((each) => each.name === now.name);
      return (
        then !== undefined &&
        (fell(then.receivedBytes, now.receivedBytes) || fell(then.transmittedBytes, now.transmittedBytes))
      );
    })
  );
}

function throttledShare(before: Cursor, row: CycleTelemetryRow): number | null {
  const periods = growth(before.periods, row.periods);
  const throttled = growth(before.throttledPeriods, row.throttledPeriods);
  if (periods === null || throttled === null || throttled > periods) return null;
  return periods === 0 ? 0 : (100 * throttled) / periods;
}

/** A memory limit above the host's memory counts as none. */
export function withoutFalseLimit(row: CycleTelemetryRow, hostMemoryBytes: number): CycleTelemetryRow {
  const isLimit = row.memoryLimitBytes !== null && row.memoryLimitBytes <= hostMemoryBytes;
  return isLimit ? row : { ...row, memoryLimitBytes: null };
}
