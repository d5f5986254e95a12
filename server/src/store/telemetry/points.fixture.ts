import { valueAt } from './points.ts';
import type { Points } from './points.ts';

export type Told = { start: number; end: number; mean: number; low: number; high: number };

/** What is told of one measure, by its number. */
export function toldOf({ length, ends, spans, means, lows, highs }: Points, measure: number): Told[] {
  const [mean, low, high] = [means(measure), lows(measure), highs(measure)];
  return Array.from({ length }, (_, point) => {
    const end = ends[point] ?? 0;
    return {
      start: end - (spans[point] ?? 0),
      end,
      mean: valueAt(mean, point),
      low: valueAt(low, point),
      high: valueAt(high, point),
    };
  });
}
