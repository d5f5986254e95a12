import type { Kysely } from 'kysely';

import type { Database } from '../schema.ts';
import { readBlocks, TIERS } from './blocks.ts';
import type { OnDamaged, Tier } from './blocks.ts';
import type { Frame } from './codec.ts';
import { COLUMNS } from './columns.ts';
import { readHead } from './head.ts';
import type { SampleRow } from './head.ts';
import type { KeptBlocks } from './kept-blocks.ts';
import { cut, firstFrom, frameOf, joined, mergeSamples, rowsOf } from './merge.ts';
import { MEANS_MS, readMeans } from './old-means.ts';
import type { Column, Points, VisitPoints } from './points.ts';
import { statColumn } from './tiers.ts';
import type { Stat } from './tiers.ts';

export type PointsQuery = {
  instanceId: string;
  from: number;
  to: number;
  /** Width of what is to be shown: the coarsest tier that is no wider is read. */
  stepMs: number;
  /** How far a sample after a gap reaches back. */
  intervalMs: number;
  /** Only this measure, by its number; the others are NaN. */
  only?: number | undefined;
  /** Without them `lows` and `highs` of a tier are the means, and less is unpacked. */
  extremes?: boolean;
  /** Visits what is kept in memory from `from` on. False: not all of it is there. */
  hot?: (from: number, to: number, visit: VisitPoints) => boolean;
  onDamaged: OnDamaged;
  kept?: KeptBlocks | undefined;
};

/** A sample after a longer time than this many intervals follows a gap. */
const GAP_INTERVALS = 2.5;
const FROM_COARSE = [TIERS.hours, TIERS.minutes, TIERS.samples] as const;

/** A sample reaches back to the one before, or by one interval over a gap. */
export function startOf(at: number, before: number | null, intervalMs: number): number {
  return before !== null && at - before <= GAP_INTERVALS * intervalMs ? before : at - intervalMs;
}

type Range = { instanceId: string; from: number; to: number };
type Options = {
  onDamaged: OnDamaged;
  columns?: readonly number[] | undefined;
  kept?: KeptBlocks | undefined;
};

export async function readSamples(
  db: Kysely<Database>,
  range: Range,
  onDamaged: OnDamaged,
): Promise<SampleRow[]> {
  return rowsOf(range.instanceId, await readFrame(db, range, { onDamaged }));
}

/** Samples with `from` ≤ time < `to`, sealed or not. `columns`: only these are unpacked, of what is sealed. */
export async function readFrame(db: Kysely<Database>, range: Range, options: Options): Promise<Frame> {
  return cut(await samplesIn(db, range, options), range.from, range.to);
}

/**
 * From the tier that fits. Where it does not reach as far back, from coarser ones; where it does not yet reach, from
 * finer ones: what one tier tells of is told by no other, though not in the order of time.
 */
export async function readPoints(
  db: Kysely<Database>,
  query: PointsQuery,
  visit: VisitPoints,
): Promise<void> {
  const fitting = FROM_COARSE.findIndex(({ stepMs }) => stepMs <= query.stepMs);
  const { from, to } = query;
  // So much later the first sample may come without a gap before it.
  const slack = GAP_INTERVALS * query.intervalMs;
  let first = to;
  let next = from;
  for (const tier of FROM_COARSE.slice(fitting)) {
    if (next >= to) break;
    if (tier.stepMs === 0) {
      if (query.hot?.(next, to, visit) === true) break;
      const seen = await visitSamples(db, { ...query, from: next }, visit);
      first = Math.min(first, seen);
      break;
    }
    const seen = await visitTier(db, tier, query, { from: next, until: Number.POSITIVE_INFINITY }, visit);
    first = Math.min(first, seen.first);
    next = Math.max(next, seen.next);
  }
  for (const tier of FROM_COARSE.slice(0, fitting).toReversed()) {
    if (first - from <= slack) return;
    first = Math.min(first, (await visitTier(db, tier, query, { from, until: first }, visit)).first);
  }
  if (first - from > slack) await visitOldMeans(db, query, first, visit);
}

/** `first`: the start of the first point that was visited; `next`: the end of the last. */
type Seen = { first: number; next: number };

/** Points that start at `from` or later, or reach over it, and end by `until`. */
async function visitTier(
  db: Kysely<Database>,
  tier: Tier,
  { instanceId, to, only, extremes = true, onDamaged, kept }: PointsQuery,
  { from, until }: { from: number; until: number },
  visit: VisitPoints,
): Promise<Seen> {
  const stats: readonly Stat[] = extremes ? ['mean', 'min', 'max'] : ['mean'];
  const measures = only === undefined ? COLUMNS.keys() : [only];
  const columns = [...measures].flatMap((measure) => stats.map((stat) => statColumn(stat, measure)));
  const range = { instanceId, from: from - tier.stepMs, to };
  const seen: Seen = { first: Number.POSITIVE_INFINITY, next: from };
  for (const { times, columns: told } of await readBlocks(db, tier, range, { onDamaged, columns, kept })) {
    const first = firstFrom(times, from - tier.stepMs + 1);
    const after = Math.min(firstFrom(times, to), firstFrom(times, until - tier.stepMs + 1));
    if (after <= first) continue;
    const of =
      (stat: Stat) =>
      (measure: number): Column =>
        columnOf(told[statColumn(stat, measure)], first, after);
    const means = of('mean');
    visit({
      length: after - first,
      ends: times.subarray(first, after).map((at) => at + tier.stepMs),
      spans: new Float64Array(after - first).fill(tier.stepMs),
      means,
      lows: extremes ? of('min') : means,
      highs: extremes ? of('max') : means,
    });
    seen.first = Math.min(seen.first, times[first] ?? to);
    seen.next = (times[after - 1] ?? 0) + tier.stepMs;
  }
  return seen;
}

/** Returns the start of the first sample. */
async function visitSamples(db: Kysely<Database>, query: PointsQuery, visit: VisitPoints): Promise<number> {
  const { from, to, intervalMs, only, onDamaged, instanceId, kept } = query;
  // One that is taken after the end may reach into the range.
  const range = { instanceId, from, to: to + intervalMs };
  const columns = only === undefined ? undefined : [only];
  const frame = await samplesIn(db, range, { onDamaged, columns, kept });
  const spans = spansOf(frame.times, intervalMs);
  const first = firstFrom(frame.times, from);
  let after = frame.times.length;
  while (after > first && (frame.times[after - 1] ?? 0) - (spans[after - 1] ?? 0) >= to) after -= 1;
  if (after === first) return Number.POSITIVE_INFINITY;
  const values = (measure: number): Column => columnOf(frame.columns[measure], first, after);
  visit({
    length: after - first,
    ends: frame.times.subarray(first, after),
    spans: spans.subarray(first, after),
    means: values,
    lows: values,
    highs: values,
  });
  return (frame.times[first] ?? 0) - (spans[first] ?? 0);
}

/** Samples as points: each reaches back to the one before, or by one interval over a gap. */
export function pointsIn({ times, columns }: Frame, intervalMs: number): Points {
  const values = (measure: number): Column => columnOf(columns[measure], 0, times.length);
  const spans = spansOf(times, intervalMs);
  return { length: times.length, ends: times, spans, means: values, lows: values, highs: values };
}

/** For how long each sample reaches back. */
function spansOf(times: Float64Array, intervalMs: number): Float64Array {
  return times.map((at, row) => at - startOf(at, row === 0 ? null : (times[row - 1] ?? null), intervalMs));
}

/** One that was not unpacked is not measured. */
const columnOf = (values: Float64Array | undefined, first: number, after: number): Column =>
  values === undefined || values.length === 0 ? Number.NaN : values.subarray(first, after);

/** Sealed and not yet sealed ones; a few before `from` may be among them. */
async function samplesIn(db: Kysely<Database>, range: Range, options: Options): Promise<Frame> {
  // The rows first: what is sealed in between is then in both, and counts once.
  const head = await readHead(db, range.instanceId, range.from, range.to);
  const sealed = joined(await readBlocks(db, TIERS.samples, range, options));
  return head.length === 0 && sealed !== undefined
    ? sealed
    : mergeSamples(sealed, frameOf(head, options.columns));
}

async function visitOldMeans(
  db: Kysely<Database>,
  { instanceId, from, to }: PointsQuery,
  until: number,
  visit: VisitPoints,
): Promise<void> {
  const end = Math.min(to, until - MEANS_MS + 1);
  const rows = await readMeans(db, instanceId, from - MEANS_MS + 1, end);
  if (rows.length === 0) return;
  const unknown = (): Column => Number.NaN;
  visit({
    length: rows.length,
    ends: rows.map(({ at }) => at + MEANS_MS),
    spans: rows.map(() => MEANS_MS),
    means: (measure) => {
      const name = COLUMNS[measure];
      return name === undefined ? Number.NaN : rows.map((row) => row[name] ?? Number.NaN);
    },
    lows: unknown,
    highs: unknown,
  });
}
