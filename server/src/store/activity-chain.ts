import { createHash } from 'node:crypto';

import type { CompiledQuery, Kysely, Selectable } from 'kysely';

import type { ActivityTable, Database } from './schema.ts';

export type ActivityRow = Selectable<ActivityTable>;
export type NewEntry = Omit<ActivityRow, 'id' | 'previous' | 'hash'>;

/** What the first entry has in place of the hash of one before it. */
export const NO_ENTRY = '0'.repeat(64);
/** Small, to keep the number of distinct statements small. */
const ROWS_AT_ONCE = 16;

/** SHA-256 of the entry as canonical JSON. */
export function hashOfEntry(entry: Omit<ActivityRow, 'hash'>): string {
  return createHash('sha256').update(canonical(entry)).digest('hex');
}

/** What is signed of an entry in the log that could not be stored. */
export function signedParts(entry: NewEntry): string[] {
  return ['entry', canonical(entry)];
}

/**
 * RFC 8785: sorted keys, no spaces. Fields that are null are left out, so that a column added later changes no hash.
 */
function canonical(entry: object): string {
  const given = Object.entries(entry).filter(([column, value]) => value !== null && column !== 'hash');
  return JSON.stringify(Object.fromEntries(given.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** Text as both engines give it back: PostgreSQL takes no NUL, and neither takes half a surrogate pair. */
export function storable(entry: NewEntry): NewEntry {
  const values = Object.entries(entry).map(([column, value]) => [
    column,
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  ]);
  return Object.fromEntries(values) as NewEntry;
}

/** Compiled statements by key: compiling takes longer than running them. */
export type Kept = Map<string, CompiledQuery>;

/**
 * In the given transaction, of which it must be the last statement: from here to the commit all others who append wait,
 * and whoever holds another row then and waits for this one would wait for ever.
 */
export async function appendEntries(
  db: Kysely<Database>,
  entries: readonly NewEntry[],
  kept: Kept = new Map(),
): Promise<ActivityRow[]> {
  if (entries.length === 0) return [];
  const run = async <R>(key: string, parameters: unknown[], build: () => CompiledQuery): Promise<R[]> => {
    const query = kept.get(key) ?? build();
    kept.set(key, query);
    return (await db.executeQuery<R>({ ...query, parameters })).rows;
  };
  // An update, as it locks the row and reads it anew on both engines.
  const [head] = await run<{ entries: number; hash: string }>('take head', [entries.length], () =>
    db
      .updateTable('activity_head')
      .set((of) => ({ entries: of('entries', '+', entries.length) }))
      .returning(['entries', 'hash'])
      .compile(),
  );
  if (head === undefined) throw new Error('the record has no head');
  let previous = head.hash;
  const rows = entries.map((entry, index) => {
    const row = { ...storable(entry), id: head.entries - entries.length + index + 1, previous };
    previous = hashOfEntry(row);
    return { ...row, hash: previous };
  });
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE);
    await run(`insert ${some.length}`, some.flatMap(valuesOf), () =>
      db
        .insertInto('activity')
        .values(some.map((row) => inOrder(row)))
        .compile(),
    );
  }
  await run('set head', [previous], () => db.updateTable('activity_head').set({ hash: previous }).compile());
  return rows;
}

const columns = [
  'id',
  'at',
  'actor',
  'way',
  'way_id',
  'way_name',
  'address',
  'request_id',
  'action',
  'subject_kind',
  'subject_id',
  'subject_name',
  'reason',
  'value_before',
  'value_after',
  'outcome',
  'detail',
  'intent',
  'previous',
  'hash',
] as const satisfies (keyof ActivityRow)[];

const valuesOf = (row: ActivityRow): unknown[] => columns.map((column) => row[column]);

function inOrder(row: ActivityRow): ActivityRow {
  return Object.fromEntries(columns.map((column) => [column, row[column]])) as ActivityRow;
}

/** The entries of one transaction, stored at its end. */
export type PendingEntries = {
  /** Returns how to read the entry once the transaction is committed. */
  add(entry: NewEntry): () => ActivityRow;
  /** To be called last in the transaction. */
  store(db: Kysely<Database>): Promise<void>;
};

export function pendingEntries(kept?: Kept): PendingEntries {
  const entries: NewEntry[] = [];
  let rows: ActivityRow[] = [];
  return {
    add(entry) {
      const at = entries.push(entry) - 1;
      return () => {
        const row = rows[at];
        if (row === undefined) throw new Error('the entry is not stored yet');
        return row;
      };
    },
    async store(db) {
      rows = await appendEntries(db, entries, kept);
    },
  };
}
