import { setImmediate as turn } from 'node:timers/promises';

import type { Kysely } from 'kysely';

import { DAY_MS, KEPT_DAYS } from '../retention/kept.ts';
import type { Database } from '../schema.ts';
import { TIERS } from './blocks.ts';
import type { TierName } from './blocks.ts';
import { pruneMeans } from './old-means.ts';

const HOUR = 3_600_000;
const DAY = DAY_MS;

/** For how long each tier is kept, if there is room. */
const KEEP_MS: Readonly<Record<TierName, number>> = {
  samples: KEPT_DAYS.samples * DAY,
  minutes: KEPT_DAYS.minutes * DAY,
  hours: KEPT_DAYS.hours * DAY,
};
/** Where an instance's counters stood is of use until its next sample. */
const KEEP_CURSORS_MS = KEPT_DAYS.cursors * DAY;
/** What gives way first where there is no room: the finest, but not all of it. */
export const GIVE_WAY: readonly { tier: TierName; leaveMs: number }[] = [
  { tier: 'samples', leaveMs: 6 * HOUR },
  { tier: 'minutes', leaveMs: 7 * DAY },
  { tier: 'hours', leaveMs: 35 * DAY },
  { tier: 'samples', leaveMs: 0 },
  { tier: 'minutes', leaveMs: 0 },
  { tier: 'hours', leaveMs: 0 },
];
/** `points`: of all blocks; `oldest`: the start of the oldest one, null without one. */
export type TierSize = {
  tier: TierName;
  bytes: number;
  blocks: number;
  points: number;
  oldest: number | null;
};

/** The finest first. */
export async function tierSizes(db: Kysely<Database>): Promise<TierSize[]> {
  const rows = await db
    .selectFrom('telemetry_blocks')
    .select((of) => [
      'tier',
      of.fn.sum<number | string>('bytes').as('bytes'),
      of.fn.countAll<number>().as('blocks'),
      of.fn.sum<number | string>('points').as('points'),
      of.fn.min('start').as('oldest'),
    ])
    .groupBy('tier')
    .execute();
  return Object.values(TIERS).map(({ name, id }) => {
    const row = rows.find(({ tier }) => tier === id);
    return {
      tier: name,
      bytes: Number(row?.bytes ?? 0),
      blocks: row?.blocks ?? 0,
      points: Number(row?.points ?? 0),
      oldest: row?.oldest ?? null,
    };
  });
}

/** Of the blocks of a tier that begin at `from` or later. */
export async function tierBytesSince(db: Kysely<Database>, tier: TierName, from: number): Promise<number> {
  const { bytes } = await db
    .selectFrom('telemetry_blocks')
    .select((of) => of.fn.sum<number | string | null>('bytes').as('bytes'))
    .where('tier', '=', TIERS[tier].id)
    .where('start', '>=', from)
    .executeTakeFirstOrThrow();
  return Number(bytes ?? 0);
}

type Limits = { now: number; maxBytes: number; isWanted?: () => boolean };

/**
 * Removes what is older than it is kept, then the oldest of the finest tier until all blocks together have at most
 * `maxBytes`: the blocks of one span at a time, so that others write in between.
 */
export async function pruneTelemetry(
  db: Kysely<Database>,
  { now, maxBytes, isWanted = () => true }: Limits,
): Promise<void> {
  await db
    .deleteFrom('telemetry_cursors')
    .where('at', '<', now - KEEP_CURSORS_MS)
    .execute();
  await pruneMeans(db, now);
  for (const { name, spanMs } of Object.values(TIERS))
    while (isWanted() && (await removeOldest(db, name, now - KEEP_MS[name] - spanMs)) > 0) await turn();
  let excess = (await tierSizes(db)).reduce((sum, { bytes }) => sum + bytes, 0) - maxBytes;
  for (const { tier, leaveMs } of GIVE_WAY) {
    while (isWanted() && excess > 0) {
      const removed = await removeOldest(db, tier, now - leaveMs - TIERS[tier].spanMs);
      if (removed === 0) break;
      excess -= removed;
      await turn();
    }
  }
}

/** All blocks of the oldest span that starts by `notAfter`. Returns their bytes; 0: there are none. */
async function removeOldest(db: Kysely<Database>, tier: TierName, notAfter: number): Promise<number> {
  const { id } = TIERS[tier];
  const oldest = await db
    .selectFrom('telemetry_blocks')
    .select(['start', (of) => of.fn.sum<number | string>('bytes').as('bytes')])
    .where('tier', '=', id)
    .where('start', '<=', notAfter)
    .groupBy('start')
    .orderBy('start')
    .limit(1)
    .executeTakeFirst();
  if (oldest === undefined) return 0;
  await db.deleteFrom('telemetry_blocks').where('tier', '=', id).where('start', '=', oldest.start).execute();
  return Number(oldest.bytes);
}
