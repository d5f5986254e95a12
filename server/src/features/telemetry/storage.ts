import type { StoredPart, TelemetryStorage } from '@cyclorama/shared/telemetry-storage.ts';
import type { Kysely } from 'kysely';

import { isoOf } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import { createKeptRead } from '../../lib/kept-read.ts';
import { picturesMaxBytes } from '../../store/retention/history.ts';
import { DAY_MS, KEPT_DAYS } from '../../store/retention/kept.ts';
import type { Database } from '../../store/schema.ts';
import { floorTo, TIERS } from '../../store/telemetry/blocks.ts';
import { WIDTH } from '../../store/telemetry/columns.ts';
import { GIVE_WAY, tierBytesSince, tierSizes } from '../../store/telemetry/retention.ts';
import type { TierSize } from '../../store/telemetry/retention.ts';
import { sealableUntil } from '../../store/telemetry/seal.ts';
import { STATS } from '../../store/telemetry/tiers.ts';
import { pictureSizes } from '../../store/topology-history.ts';
import { afterAYear, daysUntilCut, reachInTheEnd } from './storage.rules.ts';
import type { Growth } from './storage.rules.ts';

const KEEP_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Of the rate; a block of hours spans ten days. */
const WINDOW_MS = { samples: DAY_MS, minutes: DAY_MS, hours: 10 * DAY_MS, pictures: 7 * DAY_MS } as const;
const VALUES_A_POINT = {
  samples: WIDTH,
  minutes: STATS.length * WIDTH,
  hours: STATS.length * WIDTH,
} as const;

type Deps = { db: Kysely<Database>; clock: Clock; maxBytes: number };
type Found = Pick<StoredPart, 'kind' | 'bytesPerValue'> & {
  bytes: number;
  oldest: number | null;
  bytesPerDay: number | null;
};

/** How far back what is stored reaches, what it takes, and what a year would cost at the present rate. */
export function createStorage({ db, clock, maxBytes }: Deps): () => Promise<TelemetryStorage> {
  const tiers = async (now: number): Promise<Found[]> => {
    const until = sealableUntil(now);
    const sizes = await tierSizes(db);
    const begins = beginsOf(sizes);
    return Promise.all(
      sizes.map(async ({ tier, bytes, points }, index) => {
        const from = floorTo(until - WINDOW_MS[tier], TIERS[tier].spanMs);
        const added = await tierBytesSince(db, tier, from);
        return {
          kind: tier,
          bytes,
          oldest: begins[index] ?? null,
          bytesPerValue: points === 0 ? null : bytes / (points * VALUES_A_POINT[tier]),
          bytesPerDay: rateOf(added, begins[index] ?? null, { from, until }),
        };
      }),
    );
  };
  const pictures = async (now: number): Promise<Found> => {
    const from = now - WINDOW_MS.pictures;
    const { bytes, oldest, added } = await pictureSizes(db, from);
    return {
      kind: 'pictures',
      bytes,
      oldest,
      bytesPerValue: null,
      bytesPerDay: rateOf(added, oldest, { from, until: now }),
    };
  };
  const kept = createKeptRead({
    clock,
    keepMs: KEEP_MS,
    read: async () => {
      const now = clock.now();
      return toStorage([...(await tiers(now)), await pictures(now)], { now, maxBytes });
    },
  });
  return async () => (await kept()).value;
}

/** A block begins at a whole span, which may be long before what is in it: a finer tier knows better where that is near. */
function beginsOf(sizes: readonly TierSize[]): (number | null)[] {
  let finer: number | null = null;
  return sizes.map(({ tier, oldest }) => {
    if (oldest === null) return null;
    const isNear = finer !== null && finer > oldest && finer - oldest < TIERS[tier].spanMs;
    return (finer = isNear ? finer : oldest);
  });
}

/** Bytes a day; null while less than an hour is there to tell it by. */
function rateOf(
  added: number,
  oldest: number | null,
  { from, until }: { from: number; until: number },
): number | null {
  const lasted = until - Math.max(from, oldest ?? until);
  return lasted < HOUR_MS ? null : (added / lasted) * DAY_MS;
}

function toStorage(
  found: readonly Found[],
  { now, maxBytes }: { now: number; maxBytes: number },
): TelemetryStorage {
  const growths = found.flatMap(({ kind, bytes, bytesPerDay }): Growth[] =>
    bytesPerDay === null ? [] : [{ kind, bytes, bytesPerDay, keptDays: KEPT_DAYS[kind] }],
  );
  const isKnown = growths.length === found.length;
  const givesWay = GIVE_WAY.map(({ tier, leaveMs }) => ({ kind: tier, leaveDays: leaveMs / DAY_MS }));
  const limits = { maxBytes, picturesMaxBytes: picturesMaxBytes(maxBytes), givesWay };
  const reach = isKnown ? reachInTheEnd(growths, limits) : null;
  const days = isKnown ? daysUntilCut(growths, maxBytes) : null;
  return {
    parts: found.map(({ kind, bytes, oldest, bytesPerValue, bytesPerDay }) => ({
      kind,
      since: oldest === null ? null : isoOf(oldest),
      bytes,
      bytesPerValue,
      keptDays: KEPT_DAYS[kind],
      bytesPerDay,
      yearBytes: bytesPerDay === null ? null : afterAYear({ bytesPerDay, keptDays: KEPT_DAYS[kind] }),
      reachDays: reach?.get(kind) ?? null,
    })),
    bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
    maxBytes,
    yearBytes: isKnown ? growths.reduce((sum, growth) => sum + afterAYear(growth), 0) : null,
    cutFrom: days === null ? null : isoOf(now + days * DAY_MS),
  };
}
