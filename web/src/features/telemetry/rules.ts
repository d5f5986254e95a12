import type { Measure, Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

/** For each series; a container has one for each of its instances. */
export const MOST_POINTS = { instance: 500, container: 150, server: 200, environment: 200 };
/** On a chart. */
export const MOST_SERIES = 20;

const MINUTE = 60_000;

/** Null when the drag was too short to be meant. */
export function zoomed(a: number, b: number, stepMs: number): { from: number; to: number } | null {
  const from = Math.min(a, b);
  const to = Math.max(a, b);
  return to - from < stepMs * 2 ? null : { from: Math.round(from), to: Math.round(to) };
}

/** True once another point would be complete, a minute at the latest; earlier the answer would be the same. */
export function isTailDue(
  answer: Pick<TelemetryResponse, 'to' | 'stepMs' | 'intervalMs'>,
  latestAt: number,
): boolean {
  const wait = Math.max(answer.intervalMs, Math.min(answer.stepMs, MINUTE));
  return latestAt - answer.to >= wait;
}

export const idsIn = (list: string | undefined): string[] => [
  ...new Set((list ?? '').split(',').filter((id) => id !== '')),
];

export function comparedIds(compare: string | undefined, self: string | undefined): string[] {
  return idsIn(compare)
    .filter((id) => id !== self)
    .slice(0, MOST_SERIES - 1);
}

/** Of a comma-separated list in the address. */
export function toggledIn(list: string | undefined, id: string): string | undefined {
  const ids = idsIn(list);
  const next = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
  return next.length === 0 ? undefined : next.join(',');
}

export type Reading = {
  id: string;
  name: string;
  latest: number | null;
  mean: number | null;
  max: number | null;
};

export function readings(series: Series[], measure: Measure): Reading[] {
  return series.map(({ id, name, values, highest }) => {
    const known = (values[measure] ?? []).filter((value) => value !== null);
    // A point is a mean: the peak within it is told beside.
    const peak = highest?.[measure] ?? Number.NEGATIVE_INFINITY;
    const sum = known.reduce((total, value) => total + value, 0);
    return {
      id,
      name,
      latest: known.at(-1) ?? null,
      mean: known.length === 0 ? null : sum / known.length,
      max: known.length === 0 ? null : Math.max(peak, ...known),
    };
  });
}

/** Later answers are mapped to the first one's times by nearest bucket. */
export function mergeAnswers(answers: TelemetryResponse[]): TelemetryResponse | null {
  const [first, ...others] = answers;
  if (first === undefined || others.length === 0) return first ?? null;
  return {
    ...first,
    series: [...first.series, ...others.flatMap((answer) => alignedSeries(answer, first))],
    notMeasured: [...new Set(answers.flatMap((answer) => answer.notMeasured))],
    notMeasuredReason: answers.find((answer) => answer.notMeasuredReason !== null)?.notMeasuredReason ?? null,
    byKey: [...new Set(answers.flatMap((answer) => answer.byKey))],
  };
}

/** The series of `from`, `laterBy` milliseconds later, at the times of `onto`. */
export function alignedSeries(from: TelemetryResponse, onto: TelemetryResponse, laterBy = 0): Series[] {
  const index = new Map(from.times.map((time, at) => [Math.round((time + laterBy) / onto.stepMs), at]));
  return from.series.map((series) => ({
    ...series,
    values: Object.fromEntries(
      Object.entries(series.values).map(([measure, column]) => [
        measure,
        onto.times.map((time) => column[index.get(Math.round(time / onto.stepMs)) ?? -1] ?? null),
      ]),
    ),
  }));
}

export function isMeasured(answer: Pick<TelemetryResponse, 'series'>, measure: Measure): boolean {
  return answer.series.some((series) => series.values[measure]?.some((value) => value !== null) === true);
}

/** Of rows that share a scale. */
export function highestOf(rows: readonly { values: readonly (number | null)[] }[]): number {
  return Math.max(0, ...rows.flatMap(({ values }) => values.map((value) => value ?? 0)));
}
