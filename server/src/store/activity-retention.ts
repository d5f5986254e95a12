import type { Kysely } from 'kysely';
import { z } from 'zod';

import { isoOf } from '../lib/clock.ts';
import type { RecordSignature } from '../lib/record-signature.ts';
import type { ActivityRow, NewEntry } from './activity-chain.ts';
import type { Database } from './schema.ts';

export const RETENTION = 'activity.retention';
/** Limits how long others wait for the record. */
const MOST_AT_ONCE = 5_000;

const summary = z.object({
  count: z.number(),
  fromEntry: z.number(),
  toEntry: z.number(),
  from: z.string(),
  to: z.string(),
  /** Of the last entry that was removed. */
  head: z.string(),
  signature: z.string(),
});
export type RemovalSummary = z.infer<typeof summary>;

export type RemovedSpan = { first: ActivityRow; last: ActivityRow };

/**
 * Removes the first entries that are older than `before`, of which the last entry is never one, and returns their first
 * and last; null where there are none. In the transaction that appends the summary.
 */
export async function removeOldEntries(db: Kysely<Database>, before: number): Promise<RemovedSpan | null> {
  // Takes the record's lock: a second replica then finds what is left.
  const [head] = await db
    .updateTable('activity_head')
    .set((of) => ({ entries: of.ref('entries') }))
    .returning('entries')
    .execute();
  const first = await db.selectFrom('activity').selectAll().orderBy('id').limit(1).executeTakeFirst();
  if (head === undefined || first === undefined || first.at >= before) return null;
  const kept = await db
    .selectFrom('activity')
    .select('id')
    .where('at', '>=', before)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  const lastId = Math.min((kept?.id ?? head.entries) - 1, first.id + MOST_AT_ONCE - 1, head.entries - 1);
  if (lastId < first.id) return null;
  const last = await db.selectFrom('activity').selectAll().where('id', '=', lastId).executeTakeFirstOrThrow();
  await db.updateTable('activity_head').set({ removed_to: last.id }).execute();
  await db.deleteFrom('activity').where('id', '<=', last.id).execute();
  return { first, last };
}

export function summaryOf({ first, last }: RemovedSpan, signature: RecordSignature): RemovalSummary {
  const span = {
    count: last.id - first.id + 1,
    fromEntry: first.id,
    toEntry: last.id,
    from: isoOf(first.at),
    to: isoOf(last.at),
    head: last.hash,
  };
  return { ...span, signature: signature.sign(Object.values(span)) };
}

/** Null where the entry is no summary, or not one that is signed with this secret. */
export function readSummary(
  { action, value_after: stored }: Pick<NewEntry, 'action' | 'value_after'>,
  signed: RecordSignature,
): RemovalSummary | null {
  if (action !== RETENTION || stored === null) return null;
  const parsed = summary.safeParse(jsonOf(stored));
  if (!parsed.success) return null;
  const { signature, ...span } = parsed.data;
  return signed.isSigned(Object.values(span), signature) ? parsed.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
