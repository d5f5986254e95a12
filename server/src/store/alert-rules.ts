import type { Kysely, Selectable, Updateable } from 'kysely';

import type { RequestKey } from '../lib/idempotency.ts';
import { insertRequestKey } from './request-keys.ts';
import type { AlertRuleTable } from './schema-alerts.ts';
import type { Database } from './schema.ts';

export type AlertRuleRow = Selectable<AlertRuleTable>;

/** Those that come with the product first, then by name. */
export async function listAlertRules(db: Kysely<Database>): Promise<AlertRuleRow[]> {
  return db
    .selectFrom('alert_rules')
    .selectAll()
    .orderBy('is_built_in', 'desc')
    .orderBy('name')
    .orderBy('id')
    .execute();
}

export async function alertRuleById(db: Kysely<Database>, id: string): Promise<AlertRuleRow | null> {
  return (await db.selectFrom('alert_rules').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** What is there already stays as people have made it. */
export async function addMissingRules(db: Kysely<Database>, rows: readonly AlertRuleRow[]): Promise<void> {
  await db
    .insertInto('alert_rules')
    .values([...rows])
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Null where it is gone. */
export async function updateAlertRule(
  db: Kysely<Database>,
  id: string,
  change: Omit<Updateable<AlertRuleTable>, 'id' | 'is_built_in'>,
): Promise<AlertRuleRow | null> {
  return (
    (await db
      .updateTable('alert_rules')
      .set(change)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()) ?? null
  );
}

export async function insertAlertRule(
  db: Kysely<Database>,
  row: AlertRuleRow,
  requestKey: RequestKey | null,
): Promise<AlertRuleRow> {
  const inserted = await db.insertInto('alert_rules').values(row).returningAll().executeTakeFirstOrThrow();
  await insertRequestKey(db, requestKey, { outcome: row.id, at: row.changed_at });
  return inserted;
}

/** Null where there is none, or it comes with the product. */
export async function deleteAlertRule(db: Kysely<Database>, id: string): Promise<AlertRuleRow | null> {
  return (
    (await db
      .deleteFrom('alert_rules')
      .where('id', '=', id)
      .where('is_built_in', '=', 0)
      .returningAll()
      .executeTakeFirst()) ?? null
  );
}
