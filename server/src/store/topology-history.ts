import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';

import type { PictureTable } from './schema-life.ts';
import type { Database } from './schema.ts';

export type PictureRow = Selectable<PictureTable>;

/** The minute `at` counts as recorded from now on; `picture` is null where nothing has changed since the last one. */
export async function appendPicture(
  within: Kysely<Database>,
  { at, picture, mostApart }: { at: number; picture: PictureRow | null; mostApart: number },
): Promise<void> {
  if (picture !== null)
    await within
      .insertInto('topology_pictures')
      .values(picture)
      .onConflict((conflict) => conflict.column('at').doNothing())
      .execute();
  const { numUpdatedRows } = await within
    .updateTable('topology_spans')
    .set({ until: at })
    .where('until', '>=', at - mostApart)
    .where('began', '<=', at)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  await within
    .insertInto('topology_spans')
    .values({ began: at, until: at })
    .onConflict((conflict) => conflict.column('began').doNothing())
    .execute();
}

/** The newest full picture at or before `at`, and the changes since, in order; empty where there is none. */
export async function picturesFor(db: Kysely<Database>, at: number): Promise<PictureRow[]> {
  const full = await lastFullPictureAt(db, at);
  if (full === null) return [];
  return db
    .selectFrom('topology_pictures')
    .selectAll()
    .where('at', '>=', full)
    .where('at', '<=', at)
    .orderBy('at')
    .execute();
}

/** The pictures after `from` and up to `to`, in order, some at a time. */
export async function picturesBetween(
  db: Kysely<Database>,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<PictureRow[]> {
  return db
    .selectFrom('topology_pictures')
    .selectAll()
    .where('at', '>', from)
    .where('at', '<=', to)
    .orderBy('at')
    .limit(limit)
    .execute();
}

async function lastFullPictureAt(db: Kysely<Database>, notAfter: number): Promise<number | null> {
  const { at } = await db
    .selectFrom('topology_pictures')
    .select((of) => of.fn.max('at').as('at'))
    .where('is_full', '=', 1)
    .where('at', '<=', notAfter)
    .executeTakeFirstOrThrow();
  return at;
}

export type RecordedSpan = { from: number; until: number };

/** Oldest first. */
export async function recordedSpans(db: Kysely<Database>): Promise<RecordedSpan[]> {
  return db.selectFrom('topology_spans').select(['began as from', 'until']).orderBy('began').execute();
}

export async function historyBytes(db: Kysely<Database>): Promise<number> {
  const { bytes } = await db
    .selectFrom('topology_pictures')
    .select(sql<number | string | null>`sum(length(body))`.as('bytes'))
    .executeTakeFirstOrThrow();
  return Number(bytes ?? 0);
}

/** Of all pictures and changes, when the oldest was taken, and of those taken at `from` or later (`added`). */
export async function pictureSizes(
  db: Kysely<Database>,
  from: number,
): Promise<{ bytes: number; oldest: number | null; added: number }> {
  const row = await db
    .selectFrom('topology_pictures')
    .select((of) => [
      sql<number | string | null>`sum(length(body))`.as('bytes'),
      sql<number | string | null>`sum(case when at >= ${from} then length(body) else 0 end)`.as('added'),
      of.fn.min('at').as('oldest'),
    ])
    .executeTakeFirstOrThrow();
  return { bytes: Number(row.bytes ?? 0), oldest: row.oldest, added: Number(row.added ?? 0) };
}

/** Removes what is older than the last full picture at or before `before`, so that all that stays can be read. */
export async function pruneHistory(db: Kysely<Database>, before: number): Promise<void> {
  await db.transaction().execute(async (within) => {
    const first = await lastFullPictureAt(within, before);
    if (first === null) return;
    await within.deleteFrom('topology_pictures').where('at', '<', first).execute();
    await within.deleteFrom('topology_spans').where('until', '<', first).execute();
    await within.updateTable('topology_spans').set({ began: first }).where('began', '<', first).execute();
  });
}

/** When the second oldest full picture was taken: up to there the oldest can go. */
export async function secondFullPictureAt(db: Kysely<Database>): Promise<number | null> {
  const row = await db
    .selectFrom('topology_pictures')
    .select('at')
    .where('is_full', '=', 1)
    .orderBy('at')
    .offset(1)
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}
