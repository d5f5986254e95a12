import { setImmediate as turn } from 'node:timers/promises';

import type { Kysely } from 'kysely';
import { sql } from 'kysely';

import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { TIERS } from './blocks.ts';
import type { TierName } from './blocks.ts';
import { pruneMeans } from './old-means.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** For how long each tier is kept, if there is room. */
const KEEP_MS: Readonly<Record<TierName, number>> = {
  samples: 7 * DAY,
  minutes: 35 * DAY,
  hours: 400 * DAY,
};
/** Where an instance's counters stood is of use until its next sample. */
const KEEP_CURSORS_MS = 2 * DAY;
/** What gives way first where there is no room: the finest, but not all of it. */
const GIVE_WAY: readonly { tier: TierName; leaveMs: number }[] = [
  { tier: 'samples', leaveMs: 6 * HOUR },
  { tier: 'minutes', leaveMs: 7 * DAY },
  { tier: 'hours', leaveMs: 35 * DAY },
  { tier: 'samples', leaveMs: 0 },
  { tier: 'minutes', leaveMs: 0 },
  { tier: 'hours', leaveMs: 0 },
];
/** Pages given back at a time, so that no write waits for long. */
const PAGES_AT_ONCE = 256;

/** `oldest`: the start of the oldest block; null without one. */
export type TierSize = { tier: TierName; bytes: number; blocks: number; oldest: number | null };

/** The finest first. */
export async function tierSizes(db: Kysely<Database>): Promise<TierSize[]> {
  const rows = await db
    .selectFrom('telemetry_blocks')
    .select((of) => [
      'tier',
      of.fn.sum<number | string>('bytes').as('bytes'),
      of.fn.countAll<number>().as('blocks'),
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
      oldest: row?.oldest ?? null,
    };
  });
}

type Limits = { now: number; maxBytes: number; keepMs?: Readonly<Record<TierName, number>> };

/**
 * Removes what is older than it is kept, then the oldest of the finest tier until all blocks together have at most
 * `maxBytes`: the blocks of one span at a time, so that others write in between.
 */
export async function pruneTelemetry(
  db: Kysely<Database>,
  { now, maxBytes, keepMs = KEEP_MS }: Limits,
): Promise<void> {
  await db
    .deleteFrom('telemetry_cursors')
    .where('at', '<', now - KEEP_CURSORS_MS)
    .execute();
  await pruneMeans(db, now);
  for (const { name, spanMs } of Object.values(TIERS))
    while ((await removeOldest(db, name, now - keepMs[name] - spanMs)) > 0) await turn();
  let excess = (await tierSizes(db)).reduce((sum, { bytes }) => sum + bytes, 0) - maxBytes;
  for (const { tier, leaveMs } of GIVE_WAY) {
    while (excess > 0) {
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

/**
 * Gives free pages of a SQLite file back to the disk, a few at a time. A file made before 0026 keeps its free pages and
 * uses them again: only `npm run backup` and `restore` make it smaller. PostgreSQL does this by itself.
 */
export async function shrink(db: Kysely<Database>, engine: Engine, isWanted: () => boolean): Promise<void> {
  if (engine !== 'sqlite') return;
  let free = await freePages(db);
  while (isWanted() && free > PAGES_AT_ONCE) {
    const before = free;
    await sql`pragma incremental_vacuum(${sql.lit(PAGES_AT_ONCE)})`.execute(db);
    free = await freePages(db);
    if (free >= before) return;
    await turn();
  }
}

async function freePages(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ freelist_count: number }>`pragma freelist_count`.execute(db);
  return rows[0]?.freelist_count ?? 0;
}
