import type { Aggregate, Measure, Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

export const togetherWords: Record<Aggregate, string> = {
  sum: 'Sum of instances',
  mean: 'Mean of instances',
  max: 'Highest instance',
};

type Column = readonly (number | null)[];

/** One series in place of all, over what was measured of them at each time; null where nothing was or some have not told. */
export function together(
  answer: TelemetryResponse,
  { id, name }: Pick<Series, 'id' | 'name'>,
  by: Aggregate,
): TelemetryResponse {
  if (answer.series.length === 0) return answer;
  const measures = new Set(answer.series.flatMap(({ values }) => Object.keys(values) as Measure[]));
  const values = Object.fromEntries(
    [...measures].map((measure) => {
      const columns = answer.series.flatMap((series) => series.values[measure] ?? []);
      const count = answer.times.length;
      return [
        measure,
        answer.times.map((time, at) => (time < answer.settledTo ? joined(columns, at, count, by) : null)),
      ];
    }),
  );
  return { ...answer, series: [{ id, name, values }] };
}

/** `columns`: one after the other, `count` values each. */
function joined(columns: Column, at: number, count: number, by: Aggregate): number | null {
  let [known, sum, max] = [0, 0, Number.NEGATIVE_INFINITY];
  for (let index = at; index < columns.length; index += count) {
    const value = columns[index] ?? null;
    if (value === null) continue;
    known += 1;
    sum += value;
    max = Math.max(max, value);
  }
  if (known === 0) return null;
  return by === 'sum' ? sum : by === 'max' ? max : sum / known;
}
