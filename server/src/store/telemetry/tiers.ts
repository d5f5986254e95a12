import { TIERS, floorTo } from './blocks.ts';
import type { Frame } from './codec.ts';
import { WIDTH } from './columns.ts';

/** What a point of a tier tells of each measure, in the order in which it is stored: all means, then all minima … */
export const STATS = ['mean', 'min', 'max', 'last', 'count'] as const;
export type Stat = (typeof STATS)[number];

export const statColumn = (stat: Stat, measure: number): number => STATS.indexOf(stat) * WIDTH + measure;

/** Minimum, maximum and last lie near their mean. */
export function tierTerms(column: number): readonly number[] {
  return column >= WIDTH && column < 4 * WIDTH ? [column % WIDTH] : [];
}

/** To the three decimals every answer has; further ones are noise that would make a tier five times as large. */
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

type Point = { at: number; cells: Float64Array };

function emptyPoint(at: number): Point {
  const cells = new Float64Array(STATS.length * WIDTH).fill(Number.NaN);
  return { at, cells: cells.fill(0, statColumn('count', 0)) };
}

/** `last` holds only if points are added in the order of time. */
function add(point: Point, measure: number, told: Record<Stat, number>): void {
  const { cells } = point;
  const place = (stat: Stat): number => statColumn(stat, measure);
  const count = cells[place('count')] ?? 0;
  const sum = count === 0 ? 0 : (cells[place('mean')] ?? 0) * count;
  cells[place('count')] = count + told.count;
  cells[place('mean')] = (sum + told.mean * told.count) / (count + told.count);
  cells[place('min')] = count === 0 ? told.min : Math.min(cells[place('min')] ?? told.min, told.min);
  cells[place('max')] = count === 0 ? told.max : Math.max(cells[place('max')] ?? told.max, told.max);
  cells[place('last')] = told.last;
}

function fold(
  frame: Frame,
  stepMs: number,
  tellOf: (row: number, measure: number) => Record<Stat, number>,
): Frame {
  const points: Point[] = [];
  for (let row = 0; row < frame.times.length; row += 1) {
    const at = floorTo(frame.times[row] ?? 0, stepMs);
    let point = points.at(-1);
    if (point?.at !== at) points.push((point = emptyPoint(at)));
    for (let measure = 0; measure < WIDTH; measure += 1) {
      const told = tellOf(row, measure);
      if (told.count > 0) add(point, measure, told);
    }
  }
  const columns = Array.from({ length: STATS.length * WIDTH }, (_, column) =>
    Float64Array.from(points, ({ cells }) => rounded(cells[column] ?? Number.NaN)),
  );
  return { times: Float64Array.from(points, ({ at }) => at), columns };
}

/** Points of a minute, from all samples of it. */
export function minutesOf(samples: Frame): Frame {
  return fold(samples, TIERS.minutes.stepMs, (row, measure) => {
    const value = samples.columns[measure]?.[row] ?? Number.NaN;
    return { mean: value, min: value, max: value, last: value, count: Number.isNaN(value) ? 0 : 1 };
  });
}

/** Points of an hour, from those of all its minutes. */
export function hoursOf(minutes: Frame): Frame {
  const cell = (stat: Stat, row: number, measure: number): number =>
    minutes.columns[statColumn(stat, measure)]?.[row] ?? Number.NaN;
  return fold(minutes, TIERS.hours.stepMs, (row, measure) => ({
    mean: cell('mean', row, measure),
    min: cell('min', row, measure),
    max: cell('max', row, measure),
    last: cell('last', row, measure),
    count: cell('count', row, measure) || 0,
  }));
}
