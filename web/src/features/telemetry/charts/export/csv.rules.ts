import { csvRecord } from '@cyclorama/shared/csv.ts';

import { beforeOf } from './chart.ts';
import type { ExportedChart } from './chart.ts';

/** A row for each point, its start in ISO 8601; the unit is in each column's name, and a gap is an empty cell. */
export function chartCsv(chart: ExportedChart): string {
  const { kind, answer, shown, earlier } = chart;
  const columns = [
    ...shown.map(({ name, values }) => ({ name, values: values[kind.measure] ?? [] })),
    ...beforeOf(chart).map(({ name, values }) => ({
      name: `${name}, ${earlier?.word ?? ''}`,
      values: values[kind.measure] ?? [],
    })),
  ];
  const heads = columns.map(({ name }) => `${name}: ${kind.title} (${kind.plainUnit})`);
  const rows = answer.times.map((time, at) =>
    csvRecord([new Date(time).toISOString(), ...columns.map(({ values }) => values[at] ?? null)]),
  );
  return [csvRecord(['time', ...heads]), ...rows].join('');
}
