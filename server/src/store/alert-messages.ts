import type { AlertChannel } from '@cyclorama/shared/alert-deliveries.ts';
import type { Kysely, Selectable } from 'kysely';

import type { AlertRow } from './alerts.ts';
import type { AlertDeliveryTable, AlertMessageTable } from './schema-alerts.ts';
import type { Database } from './schema.ts';

export type AlertMessageRow = Selectable<AlertMessageTable>;
export type AlertDeliveryRow = Selectable<AlertDeliveryTable>;
/** A delivery with the message it is of. */
export type MessageDelivery = Omit<AlertMessageRow, 'id'> & AlertDeliveryRow;

/** True where something fires, or is over, that was not told. */
export async function hasUntoldAlerts(db: Kysely<Database>): Promise<boolean> {
  const firing = db
    .selectFrom('alerts')
    .select('id')
    .where('state', '=', 'firing')
    .where('told_at', 'is', null);
  const over = db
    .selectFrom('alerts')
    .select('id')
    .where('state', '=', 'resolved')
    .where('told_at', 'is not', null)
    .where('over_told_at', 'is', null);
  return (
    (await firing.limit(1).executeTakeFirst()) !== undefined ||
    (await over.limit(1).executeTakeFirst()) !== undefined
  );
}

/** Marks as told what fires and, of what was told, what is over; returns each alert once, whoever asks at the same time. */
export async function takeUntoldAlerts(
  db: Kysely<Database>,
  at: number,
): Promise<{ firing: AlertRow[]; resolved: AlertRow[] }> {
  const firing = await db
    .updateTable('alerts')
    .set({ told_at: at })
    .where('state', '=', 'firing')
    .where('told_at', 'is', null)
    .returningAll()
    .execute();
  const resolved = await db
    .updateTable('alerts')
    .set({ over_told_at: at })
    .where('state', '=', 'resolved')
    .where('told_at', 'is not', null)
    .where('over_told_at', 'is', null)
    .returningAll()
    .execute();
  return { firing, resolved };
}

export async function insertAlertMessage(
  db: Kysely<Database>,
  message: AlertMessageRow,
  deliveries: readonly { id: string; channel: AlertChannel }[],
): Promise<void> {
  await db.insertInto('alert_messages').values(message).execute();
  if (deliveries.length === 0) return;
  const first = {
    message_id: message.id,
    state: 'waiting',
    tries: 0,
    next_at: message.created_at,
    tried_at: null,
    status: null,
    fault: null,
  } as const;
  await db
    .insertInto('alert_deliveries')
    .values(deliveries.map((delivery) => ({ ...first, ...delivery })))
    .execute();
}

function joined(db: Kysely<Database>) {
  return db
    .selectFrom('alert_deliveries as delivery')
    .innerJoin('alert_messages as message', 'message.id', 'delivery.message_id')
    .selectAll('delivery')
    .select(['rule_id', 'rule_name', 'kind', 'summary', 'body', 'created_at']);
}

/** The newest first. */
export async function newestMessages(db: Kysely<Database>, limit: number): Promise<AlertMessageRow[]> {
  return db
    .selectFrom('alert_messages')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Those that wait, oldest first. */
export async function waitingDeliveries(db: Kysely<Database>, limit: number): Promise<MessageDelivery[]> {
  return joined(db)
    .where('delivery.state', '=', 'waiting')
    .orderBy('message.created_at')
    .orderBy('message.id')
    .limit(limit)
    .execute();
}

/** The newest, and how many there are. */
export async function listDeliveries(
  db: Kysely<Database>,
  limit: number,
): Promise<{ rows: MessageDelivery[]; total: number }> {
  const rows = await joined(db)
    .orderBy('message.created_at', 'desc')
    .orderBy('message.id', 'desc')
    .limit(limit)
    .execute();
  const { total } = await db
    .selectFrom('alert_deliveries')
    .select((of) => of.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { rows, total };
}

/** Null where there is none. */
export async function deliveryById(db: Kysely<Database>, id: string): Promise<MessageDelivery | null> {
  return (await joined(db).where('delivery.id', '=', id).executeTakeFirst()) ?? null;
}

type Try = Pick<AlertDeliveryRow, 'state' | 'next_at' | 'tried_at' | 'status' | 'fault'>;

/** Only where it stands as it was read: an outcome is written once. */
export async function recordTry(
  db: Kysely<Database>,
  { id, tries }: Pick<AlertDeliveryRow, 'id' | 'tries'>,
  result: Try,
): Promise<void> {
  await db
    .updateTable('alert_deliveries')
    .set({ ...result, tries: tries + 1 })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('tries', '=', tries)
    .execute();
}

/** False where it was delivered meanwhile, or is gone. */
export async function tryAgain(db: Kysely<Database>, id: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alert_deliveries')
    .set({ state: 'waiting', next_at: at })
    .where('id', '=', id)
    .where('state', '!=', 'delivered')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Messages that old, with what became of them. */
export async function pruneAlertMessages(db: Kysely<Database>, before: number): Promise<void> {
  const old = db.selectFrom('alert_messages').select('id').where('created_at', '<', before);
  await db.deleteFrom('alert_deliveries').where('message_id', 'in', old).execute();
  await db.deleteFrom('alert_messages').where('created_at', '<', before).execute();
}
