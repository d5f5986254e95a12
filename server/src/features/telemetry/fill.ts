import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { Database } from '../../store/schema.ts';
import type { OnDamaged } from '../../store/telemetry/blocks.ts';
import type { KeptBlocks } from '../../store/telemetry/kept-blocks.ts';
import { readPoints } from '../../store/telemetry/read.ts';
import type { Grid, Resampler } from './resample.ts';
import { HOT_MS } from './rings.ts';
import type { Rings } from './rings.ts';

const RECENT_POLLS = 6;

/** Adds an instance's measurements in the grid's range, up to `to`; with `only`, those of one measure at least. */
export type Fill = (
  into: Resampler,
  instanceId: string,
  grid: Grid,
  to: number,
  only?: number,
) => Promise<void>;

type Deps = {
  rings: Rings;
  db: Kysely<Database>;
  clock: Clock;
  pollMs: number;
  intervalMs: (instanceId: string) => number;
  onDamaged: OnDamaged;
  kept?: KeptBlocks;
};

/** From memory as far as it reaches, before that from the store. */
export function createFill({ rings, db, clock, pollMs, intervalMs, onDamaged, kept }: Deps): Fill {
  return async (into, instanceId, grid, to, only) => {
    const now = clock.now();
    // An instance that moved to another server is measured by the process there, into the shared store.
    const isMeasuredHere = (rings.get(instanceId)?.newest ?? 0) > now - RECENT_POLLS * pollMs;
    const reachesBack = (from: number): boolean => isMeasuredHere && rings.reach(instanceId) <= from;
    if (isMeasuredHere && grid.start >= now - HOT_MS) {
      if (only === undefined || !reachesBack(grid.start)) await rings.warm(instanceId, grid.start);
      const ring = rings.get(instanceId);
      if (ring !== null && reachesBack(grid.start)) {
        into.add(ring.points(grid.start, to));
        return;
      }
    }
    const query = {
      instanceId,
      from: grid.start,
      to: Math.min(to, grid.start + grid.stepMs * grid.count),
      stepMs: grid.stepMs,
      intervalMs: intervalMs(instanceId),
      only,
      extremes: into.hasExtremes,
      hot: (from: number, until: number, visit: Resampler['add']): boolean => {
        const ring = reachesBack(from) ? rings.get(instanceId) : null;
        if (ring !== null) visit(ring.points(from, until));
        return ring !== null;
      },
      onDamaged,
      kept,
    };
    await readPoints(db, query, (points) => into.add(points));
  };
}
