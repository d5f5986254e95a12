import type { Freshness } from '@cyclorama/shared/common.ts';
import type { LatestResponse, Measure, TopResponse } from '@cyclorama/shared/telemetry.ts';

import type { Clock } from '../../lib/clock.ts';
import { MEASURES } from './rates.ts';
import { createResampler, gridFor, roundValue, timesOf } from './resample.ts';
import type { Grid, Resampler } from './resample.ts';
import type { Ring } from './ring.ts';
import type { Rings } from './rings.ts';

const POINTS = 60;
/** A value older than this many polls is not current. */
const FRESH_POLLS = 6;
/** One ranking per measure and window; time alone makes new ones, even without new samples. */
const RANKINGS_KEPT = 50;

export type TopQuery = { measure: Measure; limit: number; windowMs: number };
type Row = { instanceId: string; latest: number | null; values: (number | null)[] };
type Ranking = { grid: Grid; rows: Row[]; total: (number | null)[]; totalLatest: number | null };

type Deps = {
  rings: Rings;
  /** Adds an instance's samples in the grid's range. */
  fill: (into: Resampler, instanceId: string, grid: Grid, to: number) => Promise<void>;
  freshness: () => Freshness;
  directory: { instance(id: string): { name: string; containerId: string } | null };
  clock: Clock;
  pollMs: number;
};

/** Ranking and sum go through all instances measured by this process, once per round of samples however many ask. */
export function createTop({ rings, fill, directory, freshness, clock, pollMs }: Deps) {
  const made = new Map<string, Promise<Ranking>>();
  let madeAt = -1;

  const rank = async (measure: Measure, grid: Grid, now: number): Promise<Ranking> => {
    const index = MEASURES.indexOf(measure);
    const rows: Row[] = [];
    for (const [instanceId, ring] of rings.entries()) {
      const fresh = currentValue(ring, index, now - FRESH_POLLS * pollMs);
      const resampled = createResampler(grid, index);
      await fill(resampled, instanceId, grid, now + pollMs);
      rows.push({ instanceId, latest: fresh, values: resampled.means(index) });
    }
    rows.sort((a, b) => (b.latest ?? -1) - (a.latest ?? -1) || (a.instanceId < b.instanceId ? -1 : 1));
    const [totalLatest = null] = sumOf(
      rows.map(({ latest }) => ({ values: [latest] })),
      1,
    );
    return { grid, rows, total: sumOf(rows, grid.count), totalLatest };
  };

  const ranking = (measure: Measure, windowMs: number): Promise<Ranking> => {
    if (madeAt !== rings.version || made.size > RANKINGS_KEPT) made.clear();
    madeAt = rings.version;
    const now = clock.now();
    const grid = gridFor(now - windowMs, now, POINTS, pollMs);
    const key = `${measure} ${grid.start} ${grid.stepMs} ${grid.count}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const making = rank(measure, grid, now);
    made.set(key, making);
    making.catch(() => made.delete(key));
    return making;
  };

  return async ({ measure, limit, windowMs }: TopQuery): Promise<TopResponse> => {
    const { grid, rows, total, totalLatest } = await ranking(measure, windowMs);
    const named: TopResponse['rows'] = [];
    for (const row of rows) {
      // Those without a current value come last, and are not busy.
      if (named.length === limit || row.latest === null) break;
      const it = directory.instance(row.instanceId);
      if (it !== null) named.push({ ...row, name: it.name, containerId: it.containerId });
    }
    return { freshness: freshness(), measure, times: timesOf(grid), rows: named, total, totalLatest };
  };
}

/** Of all instances measured by this process; those without a current value are left out. */
export function createLatest({ rings, directory, freshness, clock, pollMs }: Omit<Deps, 'fill'>) {
  return (measure: Measure): LatestResponse => {
    const values: Record<string, number> = {};
    const since = clock.now() - FRESH_POLLS * pollMs;
    for (const [id, ring] of rings.entries()) {
      const value = currentValue(ring, MEASURES.indexOf(measure), since);
      if (value !== null && directory.instance(id) !== null) values[id] = value;
    }
    return { freshness: freshness(), measure, values };
  };
}

function currentValue(ring: Ring, index: number, since: number): number | null {
  const latest = ring.latest(index);
  return latest !== null && latest.at > since ? roundValue(latest.value) : null;
}

/** Per bucket; null where nothing was measured. */
function sumOf(rows: readonly Pick<Row, 'values'>[], count: number): (number | null)[] {
  const sums: (number | null)[] = Array.from({ length: count }, () => null);
  for (const { values } of rows) {
    for (const [index, value] of values.entries()) {
      if (value !== null) sums[index] = (sums[index] ?? 0) + value;
    }
  }
  return sums.map((sum) => (sum === null ? null : roundValue(sum)));
}
