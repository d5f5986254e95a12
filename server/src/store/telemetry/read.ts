import type { Kysely } from 'kysely';

import type { Database } from '../schema.ts';
import { readBlocks, TIERS } from './blocks.ts';
import type { OnDamaged, Tier } from './blocks.ts';
import type { Frame } from './codec.ts';
import { COLUMNS, WIDTH } from './columns.ts';
import { readHead } from './head.ts';
import type { SampleRow } from './head.ts';
import { frameOf, mergeSamples, rowsOf } from './merge.ts';
import { MEANS_MS, readMeans } from './old-means.ts';
import { statColumn } from './tiers.ts';
import type { Stat } from './tiers.ts';

/** Per measure the mean and the extremes, from `offset` on; NaN where there is nothing. Filled anew for each point. */
export type PointValues = {
  means: ArrayLike<number>;
  lows: ArrayLike<number>;
  highs: ArrayLike<number>;
  offset: number;
};
/** What was measured from `start` to `end`, epoch milliseconds. */
export type VisitPoint = (start: number, end: number, values: PointValues) => void;

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
  hot?: (from: number, to: number, visit: VisitPoint) => boolean;
  onDamaged: OnDamaged;
};

/** A sample after a longer time than this many intervals follows a gap. */
const GAP_INTERVALS = 2.5;
const FROM_COARSE = [TIERS.hours, TIERS.minutes, TIERS.samples] as const;

/** A sample reaches back to the one before, or by one interval over a gap. */
export function startOf(at: number, before: number | null, intervalMs: number): number {
  return before !== null && at - before <= GAP_INTERVALS * intervalMs ? before : at - intervalMs;
}

export async function readSamples(
  db: Kysely<Database>,
  range: { instanceId: string; from: number; to: number },
  onDamaged: OnDamaged,
): Promise<SampleRow[]> {
  const { times, columns } = await samplesIn(db, range, { onDamaged });
  return rowsOf(range.instanceId, { times, columns }).filter(({ at }) => at >= range.from && at < range.to);
}

/**
 * From the tier that fits. Where it does not reach as far back, from coarser ones; where it does not yet reach, from
 * finer ones: what one tier tells of is told by no other, though not in the order of time.
 */
export async function readPoints(db: Kysely<Database>, query: PointsQuery, visit: VisitPoint): Promise<void> {
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
  { instanceId, to, only, extremes = true, onDamaged }: PointsQuery,
  { from, until }: { from: number; until: number },
  visit: VisitPoint,
): Promise<Seen> {
  const stats: readonly Stat[] = extremes ? ['mean', 'min', 'max'] : ['mean'];
  const measures = only === undefined ? COLUMNS.map((_, measure) => measure) : [only];
  const columns = measures.flatMap((measure) => stats.map((stat) => statColumn(stat, measure)));
  const frames = await readBlocks(
    db,
    tier,
    { instanceId, from: from - tier.stepMs, to },
    { onDamaged, columns },
  );
  const seen: Seen = { first: Number.POSITIVE_INFINITY, next: from };
  const means = emptyValues();
  const [lows, highs] = extremes ? [emptyValues(), emptyValues()] : [means, means];
  const point = { means, lows, highs, offset: 0 };
  for (const { times, columns: told } of frames) {
    const cells = measures.map((measure) => ({
      measure,
      ofMeans: told[statColumn('mean', measure)],
      ofLows: told[statColumn('min', measure)],
      ofHighs: told[statColumn('max', measure)],
    }));
    for (let row = 0; row < times.length; row += 1) {
      const at = times[row] ?? 0;
      const end = at + tier.stepMs;
      if (end <= from || at >= to || end > until) continue;
      for (const { measure, ofMeans, ofLows, ofHighs } of cells) {
        means[measure] = ofMeans?.[row] ?? Number.NaN;
        if (!extremes) continue;
        lows[measure] = ofLows?.[row] ?? Number.NaN;
        highs[measure] = ofHighs?.[row] ?? Number.NaN;
      }
      visit(at, end, point);
      seen.first = Math.min(seen.first, at);
      seen.next = end;
    }
  }
  return seen;
}

/** Returns the start of the first sample. */
async function visitSamples(db: Kysely<Database>, query: PointsQuery, visit: VisitPoint): Promise<number> {
  const { from, to, intervalMs, only, onDamaged, instanceId } = query;
  // One that is taken after the end may reach into the range.
  const range = { instanceId, from, to: to + intervalMs };
  const columns = only === undefined ? undefined : [only];
  const frame = await samplesIn(db, range, { onDamaged, ...(columns === undefined ? {} : { columns }) });
  const values = emptyValues();
  const told = { means: values, lows: values, highs: values, offset: 0 };
  let before: number | null = null;
  let first = Number.POSITIVE_INFINITY;
  const measures = only === undefined ? COLUMNS.map((_, measure) => measure) : [only];
  for (let row = 0; row < frame.times.length; row += 1) {
    const at = frame.times[row] ?? 0;
    const start = startOf(at, before, intervalMs);
    before = at;
    if (at < from || start >= to) continue;
    for (const measure of measures) values[measure] = frame.columns[measure]?.[row] ?? Number.NaN;
    visit(start, at, told);
    first = Math.min(first, start);
  }
  return first;
}

/** Sealed and not yet sealed ones; a few before `from` may be among them. */
async function samplesIn(
  db: Kysely<Database>,
  range: { instanceId: string; from: number; to: number },
  options: { onDamaged: OnDamaged; columns?: readonly number[] },
): Promise<Frame> {
  // The rows first: what is sealed in between is then in both, and counts once.
  const head = await readHead(db, range.instanceId, range.from, range.to);
  const sealed = await readBlocks(db, TIERS.samples, range, options);
  const whole = joined(sealed);
  return head.length === 0 && whole !== undefined ? whole : mergeSamples(whole, frameOf(head));
}

function joined(frames: readonly Frame[]): Frame | undefined {
  const [first] = frames;
  if (first === undefined || frames.length === 1) return first;
  const times = concatenated(frames.map((frame) => frame.times));
  return {
    times,
    columns: first.columns.map((_, column) =>
      concatenated(frames.map((frame) => frame.columns[column] ?? new Float64Array(0))),
    ),
  };
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function visitOldMeans(
  db: Kysely<Database>,
  { instanceId, from, to }: PointsQuery,
  until: number,
  visit: VisitPoint,
): Promise<void> {
  const unknown = emptyValues();
  for (const row of await readMeans(
    db,
    instanceId,
    from - MEANS_MS + 1,
    Math.min(to, until - MEANS_MS + 1),
  )) {
    const means = COLUMNS.map((name) => row[name] ?? Number.NaN);
    visit(row.at, row.at + MEANS_MS, { means, lows: unknown, highs: unknown, offset: 0 });
  }
}

const emptyValues = (): Float64Array => new Float64Array(WIDTH).fill(Number.NaN);
