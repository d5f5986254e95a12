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
  const firstMeasure = only ?? 0;
  const endMeasure = only === undefined ? MEASURE_COUNT : only + 1;
  const sums = new Float64Array(grid.count * MEASURE_COUNT);
  const weights = new Float64Array(grid.count * MEASURE_COUNT);
  const extremes = hasExtremes ? createExtremes(grid, firstMeasure, endMeasure) : null;
  let empty = true;

  return {
    add(start, end, values, offset, lows = values, highs = values) {
      extremes?.add(end, lows, highs, offset);
      const first = Math.max(0, Math.floor((start - grid.start) / grid.stepMs));
      const last = Math.min(grid.count - 1, Math.ceil((end - grid.start) / grid.stepMs) - 1);
      for (let bucket = first; bucket <= last; bucket += 1) {
        const bucketStart = grid.start + bucket * grid.stepMs;
        const covered = Math.min(end, bucketStart + grid.stepMs) - Math.max(start, bucketStart);
        if (covered <= 0) continue;
        for (let measure = firstMeasure; measure < endMeasure; measure += 1) {
          const value = values[offset + measure] ?? Number.NaN;
          if (Number.isNaN(value)) continue;
          const place = bucket * MEASURE_COUNT + measure;
          sums[place] = (sums[place] ?? 0) + value * covered;
          weights[place] = (weights[place] ?? 0) + covered;
          empty = false;
        }
      }
    },
    means(measure) {
      return Array.from({ length: grid.count }, (_, bucket) => {
        const place = bucket * MEASURE_COUNT + measure;
        const weight = weights[place] ?? 0;
        return weight === 0 ? null : roundValue((sums[place] ?? 0) / weight);
      });
    },
    lows: (measure) => extremes?.lows(measure) ?? [],
    highs: (measure) => extremes?.highs(measure) ?? [],
    get empty() {
      return empty;
    },
  };
}

function createExtremes(grid: Grid, firstMeasure: number, endMeasure: number) {
  const least = new Float64Array(grid.count * MEASURE_COUNT).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(grid.count * MEASURE_COUNT).fill(Number.NEGATIVE_INFINITY);
  const known = (values: Float64Array, measure: number): (number | null)[] =>
    Array.from({ length: grid.count }, (_, bucket) => {
      const value = values[bucket * MEASURE_COUNT + measure] ?? Number.NaN;
      return Number.isFinite(value) ? roundValue(value) : null;
    });
  return {
    add(end: number, lows: ArrayLike<number>, highs: ArrayLike<number>, offset: number): void {
      const bucket = Math.floor((end - 1 - grid.start) / grid.stepMs);
      if (bucket < 0 || bucket >= grid.count) return;
      for (let measure = firstMeasure; measure < endMeasure; measure += 1) {
        const place = bucket * MEASURE_COUNT + measure;
        const low = lows[offset + measure] ?? Number.NaN;
        const high = highs[offset + measure] ?? Number.NaN;
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
