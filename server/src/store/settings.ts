import type { Kysely } from 'kysely';

import type { Database } from './schema.ts';

export async function readSetting(db: Kysely<Database>, key: string): Promise<string | null> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value ?? null;
}

/** Stores `value` unless the key exists, and returns the stored one, whoever wrote it. */
export async function insertSettingIfAbsent(
  db: Kysely<Database>,
  key: string,
  value: string,
): Promise<string> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return (await readSetting(db, key)) ?? value;
}

export async function writeSetting(db: Kysely<Database>, key: string, value: string): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

export async function settingsUnder(
  db: Kysely<Database>,
  prefix: string,
): Promise<{ key: string; value: string }[]> {
  return db.selectFrom('settings').selectAll().where('key', 'like', `${prefix}%`).execute();
}

export async function deleteSettings(db: Kysely<Database>, keys: string[]): Promise<void> {
  if (keys.length > 0) await db.deleteFrom('settings').where('key', 'in', keys).execute();
}
