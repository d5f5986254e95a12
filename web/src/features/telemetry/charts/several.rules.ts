import type { Series } from '@cyclorama/shared/telemetry.ts';

import { formatPercent } from '../../../lib/units.ts';
import { valueTicks } from '../../../lib/value-ticks.ts';
import { idsIn } from '../rules.ts';
import { chartKinds } from './measures.rules.ts';
import type { ChartKind } from './measures.rules.ts';
import { nthStyle } from './series-style.rules.ts';
import type { SeriesStyle } from './series-style.rules.ts';

type Column = readonly (number | null)[];

/** `format` is of the marks. */
export type Axis = { ticks: number[]; top: number; format: ChartKind['format'] };
export type MeasureLine = {
  kind: ChartKind;
  /** As measured. */
  values: Column;
  /** On the line's axis. */
  drawn: Column;
  style: SeriesStyle;
  side: 'left' | 'right';
};
/** `isShare`: each line is drawn as per cent of its own highest value. */
export type Several = { left: Axis; right: Axis | null; lines: MeasureLine[]; isShare: boolean };

/** Of a comma-separated list of measures in the address, in the order of the charts; others are dropped. */
export function kindsIn(list: string | undefined): ChartKind[] {
  const asked = new Set(idsIn(list));
  return chartKinds.filter(({ measure }) => asked.has(measure));
}

/**
 * Several measures of one thing in one chart: with up to two units each has an axis, with more each line is drawn as per
 * cent of its own highest.
 */
export function severalOf({ values }: Pick<Series, 'values'>, kinds: readonly ChartKind[]): Several {
  const units = [...new Set(kinds.map(({ plainUnit }) => plainUnit))];
  const isShare = units.length > 2;
  const lines = kinds.map((kind, index): MeasureLine => {
    const column = values[kind.measure] ?? [];
    const top = highestOf([column]);
    return {
      kind,
      values: column,
      drawn: isShare
        ? column.map((value) => (value === null ? null : top === 0 ? 0 : (100 * value) / top))
        : column,
      style: nthStyle(index),
      side: isShare || kind.plainUnit === units[0] ? 'left' : 'right',
    };
  });
  if (isShare) {
    const left = { ticks: [0, 25, 50, 75, 100], top: 100, format: formatPercent };
    return { left, right: null, lines, isShare };
  }
  const axisOf = (side: MeasureLine['side']): Axis | null => {
    const own = lines.filter((line) => line.side === side);
    const [first] = own;
    if (first === undefined) return null;
    const { base, format } = first.kind;
    const least = Math.max(...own.map(({ kind }) => kind.least));
    const ticks = valueTicks(Math.max(least, highestOf(own.map((line) => line.values))), base);
    return { ticks, top: ticks.at(-1) ?? 1, format };
  };
  const left = axisOf('left') ?? { ticks: [0, 1], top: 1, format: formatPercent };
  return { left, right: axisOf('right'), lines, isShare };
}

function highestOf(columns: readonly Column[]): number {
  let top = 0;
  for (const column of columns) for (const value of column) top = Math.max(top, value ?? 0);
  return top;
}

/** "CPU, Memory and Processes". */
export function titlesOf(kinds: readonly ChartKind[]): string {
  const titles = kinds.map(({ title }) => title);
  return titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
}

/** Where a line's scale is, in words. */
export function axisText({ side, kind }: MeasureLine, { isShare, right }: Several): string {
  if (isShare) return `% of its highest`;
  return right === null ? kind.plainUnit : `${kind.plainUnit}, ${side} axis`;
}
