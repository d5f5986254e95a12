import type { Measure, Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

import type { RangeName, TelemetrySearch } from './search.ts';

/** Most points per series, and most series per chart. */
export const MOST_POINTS = 150;
export const MOST_SERIES = 20;

const MINUTE = 60_000;
export const rangeMs: Record<RangeName, number> = {
  '1h': 60 * MINUTE,
  '6h': 360 * MINUTE,
  '24h': 1440 * MINUTE,
  '7d': 10_080 * MINUTE,
};
export const defaultRange: RangeName = '1h';

/** A named range that ends now, or a fixed one in epoch milliseconds. */
export type TimeSpan = { live: true; range: RangeName } | { live: false; from: number; to: number };

export function spanOf(search: TelemetrySearch): TimeSpan {
  const { from, to, range } = search;
  if (from !== undefined && to !== undefined && from < to) return { live: false, from, to };
  return { live: true, range: range ?? defaultRange };
}

export function edgesOf(span: TimeSpan, now: number): { from: number; to: number } {
  return span.live ? { from: now - rangeMs[span.range], to: now } : { from: span.from, to: span.to };
}

/** Moves by half the span's length, never past `now`. */
export function panned(edges: { from: number; to: number }, steps: -1 | 1, now: number) {
  const width = edges.to - edges.from;
  const to = Math.min(now, edges.to + (steps * width) / 2);
  return { from: Math.round(to - width), to: Math.round(to) };
}

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

export function comparedIds(compare: string | undefined, self: string | undefined): string[] {
  const ids = (compare ?? '').split(',').filter((id) => id !== '' && id !== self);
  return [...new Set(ids)].slice(0, MOST_SERIES - 1);
}

export function toggleCompared(compare: string | undefined, id: string): string | undefined {
  const ids = comparedIds(compare, undefined);
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
  return series.map(({ id, name, values }) => {
    const known = (values[measure] ?? []).filter((value) => value !== null);
    const sum = known.reduce((total, value) => total + value, 0);
    return {
      id,
      name,
      latest: known.at(-1) ?? null,
      mean: known.length === 0 ? null : sum / known.length,
      max: known.length === 0 ? null : Math.max(...known),
    };
  });
}

/** Later answers are mapped to the first one's times by nearest bucket. */
export function mergeAnswers(answers: TelemetryResponse[]): TelemetryResponse | null {
  const [first, ...others] = answers;
  if (first === undefined || others.length === 0) return first ?? null;
  const aligned = others.flatMap((answer) => answer.series.map((one) => alignSeries(one, answer, first)));
  return {
    ...first,
    series: [...first.series, ...aligned],
    notMeasured: [...new Set(answers.flatMap((answer) => answer.notMeasured))],
  };
}

function alignSeries(series: Series, from: TelemetryResponse, onto: TelemetryResponse): Series {
  const index = new Map(from.times.map((time, at) => [Math.round(time / onto.stepMs), at]));
  const values = Object.fromEntries(
    Object.entries(series.values).map(([measure, column]) => [
      measure,
      onto.times.map((time) => column[index.get(Math.round(time / onto.stepMs)) ?? -1] ?? null),
    ]),
  );
  return { ...series, values };
}

export function isMeasured(answer: Pick<TelemetryResponse, 'series'>, measure: Measure): boolean {
  return answer.series.some((series) => series.values[measure]?.some((value) => value !== null) === true);
}
