import { formatDuration } from '../../../../lib/units.ts';
import { bandOf } from '../band.rules.ts';
import type { Band } from '../band.rules.ts';
import { valueAxis } from '../plot.rules.ts';
import { axisText, titlesOf } from '../several.rules.ts';
import type { Axis } from '../several.rules.ts';
import { beforeOf, titleOf } from './chart.ts';
import type { ExportedChart, SeveralExport } from './chart.ts';

export type DrawnLine = {
  name: string;
  values: readonly (number | null)[];
  color: string;
  dash: string | undefined;
  side: 'left' | 'right';
  /** Of an earlier time: paler, and not in the legend. */
  isPale: boolean;
};
/** What a picture of a chart shows. `notes` are sentences below the legend. */
export type Drawn = {
  title: string;
  unit: string;
  from: number;
  to: number;
  times: readonly number[];
  left: Axis;
  right: Axis | null;
  limit: number | null;
  band: (Band & { color: string }) | null;
  lines: readonly DrawnLine[];
  notes: readonly string[];
};

const NO_LINE = { color: 'var(--series-1)', dash: undefined };

export function drawnOf(chart: ExportedChart): Drawn {
  const { kind, shown, styles, earlier, answer } = chart;
  const before = beforeOf(chart);
  const { limit, ticks, top } = valueAxis(kind, shown, before);
  const band = bandOf(shown, kind.measure);
  const stepMs = (answer.times[1] ?? 0) - (answer.times[0] ?? 0);
  const lineOf = (isPale: boolean) => (series: (typeof shown)[number]) => ({
    name: series.name,
    values: series.values[kind.measure] ?? [],
    ...(styles.get(series.id) ?? NO_LINE),
    side: 'left' as const,
    isPale,
  });
  return {
    title: titleOf(kind.title, chart.name),
    unit: kind.unit,
    from: answer.from,
    to: answer.to,
    times: answer.times,
    left: { ticks, top, format: kind.format },
    right: null,
    limit,
    band: band && { ...band, color: (styles.get(shown[0]?.id ?? '') ?? NO_LINE).color },
    lines: [...before.map(lineOf(true)), ...shown.map(lineOf(false))],
    notes: [
      ...(band === null
        ? []
        : [
            `Shade: from the lowest to the highest within ${formatDuration(stepMs)}; the line is their mean.`,
          ]),
      ...(earlier === null ? [] : [`Paler lines: the same time ${earlier.word}.`]),
    ],
  };
}

export function drawnSeveral({ name, kinds, several, answer }: SeveralExport): Drawn {
  return {
    title: titleOf(titlesOf(kinds), name),
    unit: several.isShare ? '% of each measure’s highest' : 'each on its axis',
    from: answer.from,
    to: answer.to,
    times: answer.times,
    left: several.left,
    right: several.right,
    limit: null,
    band: null,
    lines: several.lines.map((line) => ({
      name: `${line.kind.title} (${axisText(line, several)})`,
      values: line.drawn,
      ...line.style,
      side: line.side,
      isPale: false,
    })),
    notes: [],
  };
}
