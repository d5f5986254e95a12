import { MEASURE_COUNT } from './rates.ts';

export type Grid = { start: number; stepMs: number; count: number };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Round steps, so that buckets begin at round times and roll-ups fall into whole buckets. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 20, 30].map((count) => count * SECOND),
  ...[1, 2, 3, 5, 10, 15, 20, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((count) => count * HOUR),
];

/**
 * At most `points` buckets, none narrower than the sampling interval (that would tear false gaps), aligned to whole
 * steps so that a live chart does not flicker.
 */
export function gridFor(from: number, to: number, points: number, intervalMs: number): Grid {
  const fits = (stepMs: number): boolean => stepMs >= intervalMs && countOf(from, to, stepMs) <= points;
  let stepMs = STEPS.find(fits) ?? DAY;
  while (!fits(stepMs)) stepMs += DAY;
  return { start: Math.floor(from / stepMs) * stepMs, stepMs, count: Math.max(1, countOf(from, to, stepMs)) };
}

function countOf(from: number, to: number, stepMs: number): number {
  return Math.ceil(to / stepMs) - Math.floor(from / stepMs);
}

export function timesOf({ start, stepMs, count }: Grid): number[] {
  return Array.from({ length: count }, (_, index) => start + index * stepMs);
}

export type Resampler = {
  /** NaN values add nothing. Without `lows` and `highs` each value is its own. */
  add: (
    start: number,
    end: number,
    values: ArrayLike<number>,
    offset: number,
    lows?: ArrayLike<number>,
    highs?: ArrayLike<number>,
  ) => void;
  /** Null where nothing was measured. */
  means(measure: number): (number | null)[];
  /** The least and the most of what ended in the bucket; null where it is not known, nothing without `extremes`. */
  lows(measure: number): (number | null)[];
  highs(measure: number): (number | null)[];
  readonly empty: boolean;
  readonly hasExtremes: boolean;
};

type Options = {
  /** One measure, for rankings over hundreds of instances. */
  only?: number | undefined;
  /** Also the least and the most of each bucket, which costs as much again. */
  extremes?: boolean;
};

/** Weighted by how much of the bucket a sample covers. */
export function createResampler(
  grid: Grid,
  { only, extremes: hasExtremes = false }: Options = {},
): Resampler {
  const { start: gridStart, stepMs, count } = grid;
  const first = only ?? 0;
  const width = only === undefined ? MEASURE_COUNT : 1;
  // The buckets of a measure lie side by side.
  const sums = new Float64Array(count * width);
  const weights = new Float64Array(count * width);
  const extremes = hasExtremes ? createExtremes(grid, first, width) : null;
  let empty = true;

  const addTo = (bucket: number, covered: number, values: ArrayLike<number>, offset: number): void => {
    for (let index = 0, place = bucket; index < width; index += 1, place += count) {
      const value = values[offset + first + index] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sums[place] = (sums[place] ?? 0) + value * covered;
      weights[place] = (weights[place] ?? 0) + covered;
      empty = false;
    }
  };

  return {
    hasExtremes,
    add(start, end, values, offset, lows = values, highs = values) {
      extremes?.add(end, lows, highs, offset);
      const firstBucket = Math.max(0, Math.floor((start - gridStart) / stepMs));
      const last = Math.min(count - 1, Math.ceil((end - gridStart) / stepMs) - 1);
      for (let bucket = firstBucket; bucket <= last; bucket += 1) {
        const bucketStart = gridStart + bucket * stepMs;
        const covered = Math.min(end, bucketStart + stepMs) - Math.max(start, bucketStart);
        if (covered > 0) addTo(bucket, covered, values, offset);
      }
    },
    means(measure) {
      const from = (measure - first) * count;
      const means = empties(count);
      if (from < 0 || from >= sums.length) return means;
      for (let bucket = 0; bucket < count; bucket += 1) {
        const weight = weights[from + bucket] ?? 0;
        if (weight !== 0) means[bucket] = roundValue((sums[from + bucket] ?? 0) / weight);
      }
      return means;
    },
    lows: (measure) => extremes?.lows(measure) ?? [],
    highs: (measure) => extremes?.highs(measure) ?? [],
    get empty() {
      return empty;
    },
  };
}

const empties = (count: number): (number | null)[] => Array.from<number | null>({ length: count }).fill(null);

function createExtremes({ start, stepMs, count }: Grid, first: number, width: number) {
  const least = new Float64Array(count * width).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(count * width).fill(Number.NEGATIVE_INFINITY);
  const known = (values: Float64Array, measure: number): (number | null)[] => {
    const from = (measure - first) * count;
    const told = empties(count);
    if (from < 0 || from >= values.length) return told;
    for (let bucket = 0; bucket < count; bucket += 1) {
      const value = values[from + bucket] ?? Number.NaN;
      if (Number.isFinite(value)) told[bucket] = roundValue(value);
    }
    return told;
  };
  return {
    add(end: number, lows: ArrayLike<number>, highs: ArrayLike<number>, offset: number): void {
      const bucket = Math.floor((end - 1 - start) / stepMs);
      if (bucket < 0 || bucket >= count) return;
      for (let index = 0, place = bucket; index < width; index += 1, place += count) {
        const low = lows[offset + first + index] ?? Number.NaN;
        const high = highs[offset + first + index] ?? Number.NaN;
        if (low < (least[place] ?? low)) least[place] = low;
        if (high > (most[place] ?? high)) most[place] = high;
      }
    },
    lows: (measure: number) => known(least, measure),
    highs: (measure: number) => known(most, measure),
  };
}

/** Further digits are noise and only make the response larger. */
export function roundValue(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
