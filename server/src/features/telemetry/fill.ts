import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { Database } from '../../store/schema.ts';
import type { OnDamaged } from '../../store/telemetry/blocks.ts';
import { readPoints } from '../../store/telemetry/read.ts';
import type { VisitPoint } from '../../store/telemetry/read.ts';
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
};

/** From memory as far as it reaches, before that from the store. */
export function createFill({ rings, db, clock, pollMs, intervalMs, onDamaged }: Deps): Fill {
  return async (into, instanceId, grid, to, only) => {
    const now = clock.now();
    // An instance that moved to another server is measured by the process there, into the shared store.
    const measuredHere = (rings.get(instanceId)?.newest ?? 0) > now - RECENT_POLLS * pollMs;
    if (measuredHere) await rings.warm(instanceId);
    if (measuredHere && grid.start >= now - HOT_MS) {
      rings.get(instanceId)?.visit(grid.start, to, into.add);
      return;
    }
    const hot = (from: number, until: number, visit: VisitPoint): boolean => {
      const ring = measuredHere && from >= now - HOT_MS ? rings.get(instanceId) : null;
      ring?.visit(from, until, (start, end, values, offset) =>
        visit(start, end, { means: values, lows: values, highs: values, offset }),
      );
      return ring !== null;
    };
    const query = {
      instanceId,
      from: grid.start,
      to: Math.min(to, grid.start + grid.stepMs * grid.count),
      stepMs: grid.stepMs,
      intervalMs: intervalMs(instanceId),
      only,
      extremes: into.hasExtremes,
      hot,
      onDamaged,
    };
    await readPoints(db, query, (start, end, { means, lows, highs, offset }) =>
      into.add(start, end, means, offset, lows, highs),
    );
  };
}
