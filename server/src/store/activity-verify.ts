import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Kysely } from 'kysely';

import type { RecordSignature } from '../lib/record-signature.ts';
import { hashOfEntry, NO_ENTRY } from './activity-chain.ts';
import type { ActivityRow } from './activity-chain.ts';
import { readSummary } from './activity-retention.ts';
import type { RemovalSummary } from './activity-retention.ts';
import type { Database } from './schema.ts';

const ROWS_AT_ONCE = 1_000;

export type ChainEnd = { entry: number; hash: string };
export type ChainFault = { entry: number; why: string };
export type ChainCheck = {
  /** As the head says; entries removed by retention count too. */
  entries: number;
  /** Up to which entry the chain holds. */
  end: ChainEnd;
  /** Entries that were read, and how many of them do not hold. */
  read: number;
  failed: number;
  /** The first. */
  fault: ChainFault | null;
  /** Entries up to this one were removed, as a signed summary says. */
  removedTo: number;
  /** The entry with the hash looked for. */
  found: number | null;
};

/** `after`: where an earlier check ended; `wanted`: a hash to look for. Reads what was there at the begin. */
export async function verifyChain(
  db: Kysely<Database>,
  { signature, after, wanted }: { signature: RecordSignature; after?: ChainEnd; wanted?: string },
): Promise<ChainCheck> {
  const head = await db.selectFrom('activity_head').selectAll().executeTakeFirstOrThrow();
  const summaries: RemovalSummary[] = [];
  let previous: ChainEnd = after ?? { entry: 0, hash: NO_ENTRY };
  let cut: ActivityRow | null = null;
  let end = previous;
  const check = { read: 0, failed: 0, fault: null as ChainFault | null, found: null as number | null };
  const fail = (entry: number, why: string, count = 1): void => {
    check.failed += count;
    check.fault ??= { entry, why };
  };

  const read = (row: ActivityRow): void => {
    check.read += 1;
    if (previous.entry === 0 && row.id > 1) cut = row;
    else if (row.id !== previous.entry + 1) {
      const missing = row.id - previous.entry - 1;
      fail(
        previous.entry + 1,
        missing === 1 ? 'It is missing.' : `It and the ${missing - 1} after it are missing.`,
        missing,
      );
    } else if (row.previous !== previous.hash) {
      fail(row.id, 'It does not follow the entry before it.');
    }
    if (hashOfEntry(row) !== row.hash) fail(row.id, 'It was changed.');
    const summary = readSummary(row, signature);
    if (summary !== null) summaries.push(summary);
    if (row.hash === wanted) check.found = row.id;
    previous = { entry: row.id, hash: row.hash };
    if (check.fault === null) end = previous;
  };

  for (;;) {
    const rows = await db
      .selectFrom('activity')
      .selectAll()
      .where('id', '>', previous.entry)
      .where('id', '<=', head.entries)
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute();
    for (const row of rows) read(row);
    if (rows.length < ROWS_AT_ONCE) break;
    await nextTurn();
  }
  if (previous.entry < head.entries)
    fail(previous.entry + 1, 'It and what came after it are missing.', head.entries - previous.entry);
  else if (previous.hash !== head.hash) fail(previous.entry, 'It is not the one that was written last.');
  const removedTo = cutOf(cut, summaries);
  if (removedTo === null) {
    check.fault = { entry: 1, why: 'It and those after it were removed, and no signed summary says so.' };
    end = { entry: 0, hash: NO_ENTRY };
    check.failed += 1;
  }
  return { ...check, entries: head.entries, end, removedTo: removedTo ?? 0 };
}

/** Up to which entry were removed; null where no summary says so. */
function cutOf(first: ActivityRow | null, summaries: readonly RemovalSummary[]): number | null {
  if (first === null) return 0;
  const said = summaries.some(({ toEntry, head }) => toEntry === first.id - 1 && head === first.previous);
  return said ? first.id - 1 : null;
}
