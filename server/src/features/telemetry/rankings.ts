import type { Measure } from '@cyclorama/shared/telemetry.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Fill } from './fill.ts';
import { MEASURES } from './rates.ts';
import { createResampler, gridFor, roundValue } from './resample.ts';
import type { Grid } from './resample.ts';
import type { Ring } from './ring.ts';
import { HOT_MS } from './rings.ts';
import type { Rings } from './rings.ts';
import { freshSince, settledCount } from './settled.ts';

const POINTS = 60;
/** One ranking per measure and window; time alone makes new ones, even without new samples. */
const RANKINGS_KEPT = 50;
/** What reaches further back than memory is read from the store for every instance, so not at every sample. */
const STORED_KEPT_MS = 60_000;

/** `to`: epoch milliseconds, now without it. */
export type Window = { windowMs: number; to?: number | undefined };
export type Ranked = {
  instanceId: string;
  /** The current value; of a window that ended earlier, its mean. */
  latest: number | null;
  values: (number | null)[];
};
/** Highest first; those without a value come last. From the bucket `settled` on some rows have not told yet. */
export type Ranking = { grid: Grid; rows: Ranked[]; settled: number };

type Deps = {
  rings: Rings;
  fill: Fill;
  clock: Clock;
  pollMs: number;
  /** Those another process measured until now, whose next sample has not come here yet. */
  awaited: () => readonly string[];
  settledTo: (instanceIds: Iterable<string>) => number;
};
type Kept = { ranking: Promise<Ranking>; version: number; madeAt: number };

/** All instances that are measured, ranked once per round of samples however many ask. */
export function createRankings({ rings, fill, clock, pollMs, awaited, settledTo }: Deps) {
  const kept = new Map<string, Kept>();

  const rank = async (measure: Measure, grid: Grid, end: number, isPast: boolean): Promise<Ranking> => {
    const index = MEASURES.indexOf(measure);
    const rows: Ranked[] = [];
    const since = freshSince(end, pollMs);
    for (const instanceId of new Set([...Array.from(rings.entries(), ([id]) => id), ...awaited()])) {
      const resampled = createResampler(grid, { only: index });
      await fill(resampled, instanceId, grid, end + pollMs, index);
      const values = resampled.means(index);
      const ring = rings.get(instanceId);
      const current = ring === null ? lastOf(values, grid, since) : currentValue(ring, index, since);
      rows.push({ instanceId, latest: isPast ? meanOf(values) : current, values });
    }
    rows.sort((a, b) => (b.latest ?? -1) - (a.latest ?? -1) || (a.instanceId < b.instanceId ? -1 : 1));
    const settled = settledCount(grid, settledTo(rows.map(({ instanceId }) => instanceId)));
    return { grid, rows, settled };
  };

  return (measure: Measure, { windowMs, to }: Window): Promise<Ranking> => {
    const now = clock.now();
    const isPast = to !== undefined && to < freshSince(now, pollMs);
    const end = isPast ? to : now;
    const grid = gridFor(end - windowMs, end, POINTS, pollMs);
    const isHot = grid.start >= now - HOT_MS;
    const isUsable = ({ version, madeAt }: Kept): boolean =>
      version === rings.version || (!isHot && now - madeAt < STORED_KEPT_MS);
    const key = `${measure} ${isPast} ${grid.start} ${grid.stepMs} ${grid.count}`;
    const known = kept.get(key);
    if (known !== undefined && isUsable(known)) return known.ranking;
    if (kept.size >= RANKINGS_KEPT) kept.clear();
    const making: Kept = {
      ranking: rank(measure, grid, end, isPast),
      version: rings.version,
      madeAt: now,
    };
    kept.set(key, making);
    making.ranking.catch(() => kept.get(key) === making && kept.delete(key));
    return making.ranking;
  };
}

export type Rankings = ReturnType<typeof createRankings>;

export function currentValue(ring: Ring, index: number, since: number): number | null {
  const latest = ring.latest(index);
  return latest !== null && latest.at > since ? roundValue(latest.value) : null;
}

/** The newest that began after `since`. */
function lastOf(values: readonly (number | null)[], grid: Grid, since: number): number | null {
  const at = values.findLastIndex((value) => value !== null);
  return grid.start + (at + 1) * grid.stepMs > since ? (values[at] ?? null) : null;
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : roundValue(known.reduce((sum, value) => sum + value, 0) / known.length);
}
