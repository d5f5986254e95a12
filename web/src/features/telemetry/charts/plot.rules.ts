import type { Series } from '@cyclorama/shared/telemetry.ts';

import { valueTicks } from '../../../lib/value-ticks.ts';
import { bandOf } from './band.rules.ts';
import type { ChartKind } from './measures.rules.ts';

/** Where a chart's plot is in it, pixels from each edge: room for the axes. */
export type Plot = { top: number; right: number; bottom: number; left: number };
export const PLOT: Plot = { top: 8, right: 8, bottom: 22, left: 72 };
/** With an axis on the right too. */
export const WIDE_PLOT: Plot = { ...PLOT, right: PLOT.right + PLOT.left };

/** More points than these make every tick of an SVG chart felt; they are drawn on a canvas. */
const MOST_IN_SVG = 500;

export const isDense = (series: number, points: number): boolean => series * points > MOST_IN_SVG;

/** Marks of the value axis for what is drawn, and the limit that all series share, if that is near. */
export function valueAxis(kind: ChartKind, shown: Series[], before: Series[]) {
  const limit = kind.measure === 'memory' ? sharedLimit(shown) : null;
  const peaks = bandOf(shown, kind.measure)?.highs ?? [];
  const peak = peaks.reduce<number>((top, value) => Math.max(top, value ?? 0), 0);
  const ticks = valueTicks(
    Math.max(kind.least, limit ?? 0, peak, highest(shown, kind), highest(before, kind)),
    kind.base,
  );
  return { limit, ticks, top: ticks.at(-1) ?? 1 };
}

function highest(shown: Series[], kind: ChartKind): number {
  let top = 0;
  for (const series of shown)
    for (const value of series.values[kind.measure] ?? []) top = Math.max(top, value ?? 0);
  return top;
}

function sharedLimit(shown: Series[]): number | null {
  const limits = new Set(
    shown.map((series) => series.values.memoryLimit?.findLast((value) => value !== null)),
  );
  const [limit] = limits;
  return limits.size === 1 && limit !== undefined && limit !== null && limit > 0 ? limit : null;
}
