import type { Column, Points } from '../../store/telemetry/points.ts';
import { valueAt } from '../../store/telemetry/points.ts';
import { cutAt } from './pieces.ts';
import type { Pieces } from './pieces.ts';
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
  add(points: Points): void;
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
  const { count } = grid;
  const first = only ?? 0;
  const width = only === undefined ? MEASURE_COUNT : 1;
  // The buckets of a measure lie side by side.
  const sums = new Float64Array(count * width);
  const weights = new Float64Array(count * width);
  const least = new Float64Array(hasExtremes ? count * width : 0).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(hasExtremes ? count * width : 0).fill(Number.NEGATIVE_INFINITY);
  let empty = true;

  /** Per bucket of a measure. */
  const told = (measure: number, of: Float64Array, by?: Float64Array): (number | null)[] => {
    const from = (measure - first) * count;
    const values: (number | null)[] = [];
    for (let place = from; place < from + count; place += 1) {
      const value = (of[place] ?? Number.NaN) / (by === undefined ? 1 : (by[place] ?? Number.NaN));
      values.push(Number.isFinite(value) ? roundValue(value) : null);
    }
    return values;
  };

  return {
    hasExtremes,
    add(points) {
      if (points.length === 0) return;
      const pieces = cutAt(grid, points);
      for (let index = 0; index < width; index += 1) {
        const from = index * count;
        const means = points.means(first + index);
        if (weigh(pieces, means, { sums, weights, from })) empty = false;
        if (!hasExtremes) continue;
        widen(grid, points, points.lows(first + index), points.highs(first + index), { least, most, from });
      }
    },
    means: (measure) => told(measure, sums, weights),
    lows: (measure) => (hasExtremes ? told(measure, least) : []),
    highs: (measure) => (hasExtremes ? told(measure, most) : []),
    get empty() {
      return empty;
    },
  };
}

const isUnmeasured = (column: Column): boolean => typeof column === 'number' && Number.isNaN(column);

type Means = { sums: Float64Array; weights: Float64Array; from: number };

/** True where any of it was measured within the grid. */
function weigh({ count, point, bucket, covered }: Pieces, column: Column, into: Means): boolean {
  if (isUnmeasured(column)) return false;
  const { sums, weights, from } = into;
  let isAny = false;
  for (let piece = 0; piece < count; piece += 1) {
    const value = valueAt(column, point[piece] ?? 0);
    if (Number.isNaN(value)) continue;
    const place = from + (bucket[piece] ?? 0);
    const weight = covered[piece] ?? 0;
    sums[place] = (sums[place] ?? 0) + value * weight;
    weights[place] = (weights[place] ?? 0) + weight;
    isAny = true;
  }
  return isAny;
}

type Extremes = { least: Float64Array; most: Float64Array; from: number };

function widen(
  { start, stepMs, count }: Grid,
  { length, ends }: Points,
  lows: Column,
  highs: Column,
  { least, most, from }: Extremes,
): void {
  if (isUnmeasured(lows) && isUnmeasured(highs)) return;
  for (let point = 0; point < length; point += 1) {
    const bucket = Math.floor(((ends[point] ?? 0) - 1 - start) / stepMs);
    if (bucket < 0 || bucket >= count) continue;
    const place = from + bucket;
    const [low, high] = [valueAt(lows, point), valueAt(highs, point)];
    if (low < (least[place] ?? low)) least[place] = low;
    if (high > (most[place] ?? high)) most[place] = high;
  }
}

/** Further digits are noise and only make the response larger. */
export function roundValue(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
