import { csvRecord } from '@cyclorama/shared/csv.ts';

import { bandOf } from '../band.rules.ts';
import { beforeOf } from './chart.ts';
import type { ExportedChart, SeveralExport } from './chart.ts';

/** A row for each point, its start in ISO 8601; the unit is in each column's name, and a gap is an empty cell. */
export function chartCsv(chart: ExportedChart): string {
  const { kind, answer, shown, earlier } = chart;
  const band = bandOf(shown, kind.measure);
  const columns = [
    ...shown.map(({ name, values }) => ({ name, values: values[kind.measure] ?? [] })),
    ...(band === null
      ? []
      : [
          { name: `${shown[0]?.name ?? ''}, lowest`, values: band.lows },
          { name: `${shown[0]?.name ?? ''}, highest`, values: band.highs },
        ]),
    ...beforeOf(chart).map(({ name, values }) => ({
      name: `${name}, ${earlier?.word ?? ''}`,
      values: values[kind.measure] ?? [],
    })),
  ];
  return tableOf(
    answer.times,
    columns.map(({ name, values }) => ({ head: `${name}: ${kind.title} (${kind.plainUnit})`, values })),
  );
}

/** As measured, also where the chart draws shares. */
export function severalCsv({ series, kinds, answer }: SeveralExport): string {
  return tableOf(
    answer.times,
    kinds.map(({ measure, title, plainUnit }) => ({
      head: `${series.name}: ${title} (${plainUnit})`,
      values: series.values[measure] ?? [],
    })),
  );
}

type Column = { head: string; values: readonly (number | null)[] };

function tableOf(times: readonly number[], columns: readonly Column[]): string {
  const rows = times.map((time, at) =>
    csvRecord([new Date(time).toISOString(), ...columns.map(({ values }) => values[at] ?? null)]),
  );
  return [csvRecord(['time', ...columns.map(({ head }) => head)]), ...rows].join('');
}
