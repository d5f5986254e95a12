import type { AlertSeverity } from '@cyclorama/shared/alerts.ts';
import { alertSeverity } from '@cyclorama/shared/alerts.ts';
import type { Kysely, Selectable, Updateable } from 'kysely';

import type { AlertTable } from './schema-alerts.ts';
import type { Database } from './schema.ts';

export type AlertRow = Selectable<AlertTable>;

const AT_ONCE = 200;

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, index) =>
    items.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}

/** Pending and firing. */
export async function openAlerts(db: Kysely<Database>): Promise<AlertRow[]> {
  return db
    .selectFrom('alerts')
    .selectAll()
    .where('state', '!=', 'resolved')
    .orderBy('since', 'desc')
    .orderBy('id')
    .execute();
}

/** The newest that are over, and how many are. */
export async function resolvedAlerts(
  db: Kysely<Database>,
  limit: number,
): Promise<{ rows: AlertRow[]; total: number }> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .where('state', '=', 'resolved')
    .orderBy('resolved_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  const { total } = await db
    .selectFrom('alerts')
    .select((of) => of.fn.countAll<number>().as('total'))
    .where('state', '=', 'resolved')
    .executeTakeFirstOrThrow();
  return { rows, total };
}

type Within = {
  /** Ids of objects or of their containers; null: any. */
  of: readonly string[] | null;
  kinds: readonly string[];
  from: number;
  to: number;
  limit: number;
};

/** Those that fired at any moment from `from` to `to`, newest first. */
export async function alertsWithin(
  db: Kysely<Database>,
  { of, kinds, from, to, limit }: Within,
): Promise<AlertRow[]> {
  const some = db
    .selectFrom('alerts')
    .selectAll()
    .where('fired_at', '<=', to)
    .where('object_kind', 'in', kinds)
    .$if(of !== null, (query) =>
      query.where((where) =>
        where.or([where('object_id', 'in', of ?? []), where('container_id', 'in', of ?? [])]),
      ),
    )
    .orderBy('fired_at', 'desc')
    .orderBy('id')
    .limit(limit);
  // Apart, as each has an index of its own.
  const open = await some.where('state', '=', 'firing').execute();
  const over = await some.where('state', '=', 'resolved').where('resolved_at', '>=', from).execute();
  return [...open, ...over].toSorted((a, b) => (b.fired_at ?? 0) - (a.fired_at ?? 0)).slice(0, limit);
}

export async function alertById(db: Kysely<Database>, id: string): Promise<AlertRow | null> {
  return (await db.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

export async function firingCounts(
  db: Kysely<Database>,
): Promise<{ rule: string; severity: AlertSeverity; isAcknowledged: boolean; count: number }[]> {
  const rows = await db
    .selectFrom('alerts')
    .select((of) => [
      'rule_id',
      'severity',
      of.fn.countAll<number>().as('count'),
      of.fn.count<number>('acknowledged_at').as('acknowledged'),
    ])
    .where('state', '=', 'firing')
    .groupBy(['rule_id', 'severity'])
    .execute();
  return rows.flatMap(({ rule_id: rule, severity, count, acknowledged }) => {
    const known = alertSeverity.catch('warning').parse(severity);
    return [
      { rule, severity: known, isAcknowledged: false, count: count - acknowledged },
      { rule, severity: known, isAcknowledged: true, count: acknowledged },
    ].filter((each) => each.count > 0);
  });
}

/** Of a rule and an object only one is open: what is there already stays. */
export async function insertAlerts(db: Kysely<Database>, rows: readonly AlertRow[]): Promise<void> {
  for (const some of chunks(rows))
    await db
      .insertInto('alerts')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** Only those still in the state they were read in. Returns their ids. */
export async function moveAlerts(
  db: Kysely<Database>,
  ids: readonly string[],
  { from, change }: { from: AlertRow['state']; change: Omit<Updateable<AlertTable>, 'id'> },
): Promise<string[]> {
  const moved: string[] = [];
  for (const some of chunks(ids)) {
    const rows = await db
      .updateTable('alerts')
      .set(change)
      .where('id', 'in', some)
      .where('state', '=', from)
      .returning('id')
      .execute();
    moved.push(...rows.map(({ id }) => id));
  }
  return moved;
}

/** What never fired leaves no trace. */
export async function forgetPending(db: Kysely<Database>, ids: readonly string[]): Promise<void> {
  for (const some of chunks(ids))
    await db.deleteFrom('alerts').where('id', 'in', some).where('state', '=', 'pending').execute();
}

/** Null where somebody was faster, or it fires no more. */
export async function acknowledgeAlert(
  db: Kysely<Database>,
  id: string,
  { by, at, note }: { by: string; at: number; note: string | null },
): Promise<AlertRow | null> {
  const row = await db
    .updateTable('alerts')
    .set({ acknowledged_by: by, acknowledged_at: at, acknowledged_note: note })
    .where('id', '=', id)
    .where('state', '=', 'firing')
    .where('acknowledged_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export async function pruneAlerts(db: Kysely<Database>, before: number): Promise<void> {
  await db.deleteFrom('alerts').where('state', '=', 'resolved').where('resolved_at', '<', before).execute();
}
