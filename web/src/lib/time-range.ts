import type { RangeName } from './range-names.ts';

const HOUR = 3_600_000;
const rangeMs: Record<RangeName, number> = { '1h': HOUR, '6h': 6 * HOUR, '24h': 24 * HOUR, '7d': 168 * HOUR };
export const rangeLabels: Record<RangeName, string> = {
  '1h': 'Last hour',
  '6h': '6 hours',
  '24h': '24 hours',
  '7d': '7 days',
};
const defaultRange: RangeName = '1h';

/** In epoch milliseconds. */
export type Edges = { from: number; to: number };
/** A named range that ends now, or a fixed one. */
export type TimeSpan = { live: true; range: RangeName } | ({ live: false } & Edges);
/** As an address has it: `from` and `to` together override `range`. */
export type ChosenRange = { [K in 'from' | 'to']?: number | undefined } & { range?: RangeName | undefined };

/** Null where nothing was chosen. */
export function chosenSpan({ from, to, range }: ChosenRange): TimeSpan | null {
  if (from !== undefined && to !== undefined && from < to) return { live: false, from, to };
  return range === undefined ? null : { live: true, range };
}

export const spanOf = (chosen: ChosenRange): TimeSpan =>
  chosenSpan(chosen) ?? { live: true, range: defaultRange };

export function edgesOf(span: TimeSpan, now: number): Edges {
  return span.live ? { from: now - rangeMs[span.range], to: now } : { from: span.from, to: span.to };
}

/** Moves by half the span's length, never past `now`. */
export function panned(edges: Edges, steps: -1 | 1, now: number): Edges {
  const width = edges.to - edges.from;
  const to = Math.min(now, edges.to + (steps * width) / 2);
  return { from: Math.round(to - width), to: Math.round(to) };
}
