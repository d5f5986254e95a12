import type { Kysely, Selectable } from 'kysely';

import type { RequestKey } from '../lib/idempotency.ts';
import { insertRequestKey } from './request-keys.ts';
import type { SavedViewTable } from './schema-people.ts';
import type { Database } from './schema.ts';

export type SavedViewRow = Selectable<SavedViewTable>;

/** With the key it was requested with, in the given transaction. Null where its owner has one of this name. */
export async function insertView(
  db: Kysely<Database>,
  row: SavedViewRow,
  requestKey: RequestKey | null,
): Promise<SavedViewRow | null> {
  const inserted = await db
    .insertInto('saved_views')
    .values(row)
    .onConflict((conflict) => conflict.columns(['owner', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted === undefined) return null;
  await insertRequestKey(db, requestKey, { outcome: row.id, at: row.created_at });
  return inserted;
}

/** A person's own, then what others share, by name. */
export async function viewsFor(db: Kysely<Database>, person: string): Promise<SavedViewRow[]> {
  const rows = await db
    .selectFrom('saved_views')
    .selectAll()
    .where((where) => where.or([where('owner', '=', person), where('shared', '=', 1)]))
    .orderBy('name')
    .orderBy('id')
    .execute();
  return [...rows.filter((row) => row.owner === person), ...rows.filter((row) => row.owner !== person)];
}

export async function countViewsOf(db: Kysely<Database>, owner: string): Promise<number> {
  const { count } = await db
    .selectFrom('saved_views')
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function viewById(db: Kysely<Database>, id: string): Promise<SavedViewRow | null> {
  const row = await db.selectFrom('saved_views').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export async function deleteView(db: Kysely<Database>, id: string): Promise<SavedViewRow | null> {
  const row = await db.deleteFrom('saved_views').where('id', '=', id).returningAll().executeTakeFirst();
  return row ?? null;
}

export async function pinsOf(db: Kysely<Database>, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('pins')
    .select('node_id')
    .where('person', '=', person)
    .orderBy('at')
    .orderBy('node_id')
    .execute();
  return rows.map((row) => row.node_id);
}

export async function addPin(
  db: Kysely<Database>,
  pin: { person: string; node_id: string; at: number },
): Promise<void> {
  await db
    .insertInto('pins')
    .values(pin)
    .onConflict((conflict) => conflict.columns(['person', 'node_id']).doNothing())
    .execute();
}

export async function dropPin(db: Kysely<Database>, person: string, nodeId: string): Promise<void> {
  await db.deleteFrom('pins').where('person', '=', person).where('node_id', '=', nodeId).execute();
}
