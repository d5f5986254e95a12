import type { Measure, Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

import type { RangeName, TelemetrySearch } from './search.ts';

/** The most points a series is drawn with, and the most series a chart shows at once. */
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

/** What the charts span: a named range that ends now, or a fixed one. Epoch milliseconds. */
export type TimeSpan = { live: true; range: RangeName } | { live: false; from: number; to: number };

/** The span an address asks for; a fixed one needs both ends, in order. */
export function spanOf(search: TelemetrySearch): TimeSpan {
  const { from, to, range } = search;
  if (from !== undefined && to !== undefined && from < to) return { live: false, from, to };
  return { live: true, range: range ?? defaultRange };
}

/** The span's two ends; a live one ends at `now`. */
export function edgesOf(span: TimeSpan, now: number): { from: number; to: number } {
  return span.live ? { from: now - rangeMs[span.range], to: now } : { from: span.from, to: span.to };
}

/** A fixed span moved by half its length, `steps` of -1 or 1, never past `now`. */
export function panned(edges: { from: number; to: number }, steps: -1 | 1, now: number) {
  const width = edges.to - edges.from;
  const to = Math.min(now, edges.to + (steps * width) / 2);
  return { from: Math.round(to - width), to: Math.round(to) };
}

/** A dragged stretch as a span, in either direction; null where it is too short to have been meant. */
export function zoomed(a: number, b: number, stepMs: number): { from: number; to: number } | null {
  const from = Math.min(a, b);
  const to = Math.max(a, b);
  return to - from < stepMs * 2 ? null : { from: Math.round(from), to: Math.round(to) };
}

/**
 * True when a live answer is worth asking for anew: as soon as one more point of its width would be complete, a
 * minute at the latest. More often would bring the same points again.
 */
export function tailDue(
  answer: Pick<TelemetryResponse, 'to' | 'stepMs' | 'intervalMs'>,
  latestAt: number,
): boolean {
  const wait = Math.max(answer.intervalMs, Math.min(answer.stepMs, MINUTE));
  return latestAt - answer.to >= wait;
}

/** Instance ids of an address's `compare`, without repeats and without the one they are compared with. */
export function comparedIds(compare: string | undefined, self: string | undefined): string[] {
  const ids = (compare ?? '').split(',').filter((id) => id !== '' && id !== self);
  return [...new Set(ids)].slice(0, MOST_SERIES - 1);
}

/** `compare` with one instance put in or taken out; undefined when none is left. */
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

/** Latest, mean and highest value of each series; gaps count for nothing. */
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

/** Several answers over one span as one: the others' series are laid onto the first one's times by nearest bucket. */
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

/** True where a measure has a value somewhere, so that a chart of it says something. */
export function isMeasured(answer: Pick<TelemetryResponse, 'series'>, measure: Measure): boolean {
  return answer.series.some((series) => series.values[measure]?.some((value) => value !== null) === true);
}
