import { CompiledQuery } from 'kysely';
import type { Insertable, Kysely, Selectable } from 'kysely';

import type { TelemetryCursorTable, TelemetrySampleTable } from '../schema-telemetry.ts';
import type { Database } from '../schema.ts';
import { COLUMNS } from './columns.ts';

export type SampleRow = Selectable<TelemetrySampleTable>;
export type CursorRow = Selectable<TelemetryCursorTable>;

/** Rows of a statement, the most first: few texts, each made once, with parameters below both engines' limits. */
const AT_ONCE = [500, 100, 20, 4, 1] as const;
const IDS_AT_ONCE = 1_000;
const SAMPLE_COLUMNS = ['instance_id', 'at', ...COLUMNS] as const;
const CURSOR_COLUMNS = ['instance_id', 'container_id', 'at', 'counters'] as const;

/**
 * What is newest, a row a sample, until it goes into a block (seal.ts). Samples and counter positions in one
 * transaction; a sample that is there stays. A sample is safe when this has returned.
 */
export async function writeSamples(
  db: Kysely<Database>,
  samples: readonly Insertable<TelemetrySampleTable>[],
  cursors: readonly Insertable<TelemetryCursorTable>[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await insertAll(transaction, 'samples', SAMPLE_COLUMNS, samples, (rows) =>
      transaction
        .insertInto('telemetry_samples')
        .values(rows)
        .onConflict((conflict) => conflict.columns(['instance_id', 'at']).doNothing())
        .compile(),
    );
    await insertAll(transaction, 'cursors', CURSOR_COLUMNS, cursors, (rows) =>
      transaction
        .insertInto('telemetry_cursors')
        .values(rows)
        .onConflict((conflict) =>
          conflict.column('instance_id').doUpdateSet((row) => ({
            container_id: row.ref('excluded.container_id'),
            at: row.ref('excluded.at'),
            counters: row.ref('excluded.counters'),
          })),
        )
        .compile(),
    );
  });
}

/** Texts by what they insert and how many, for each engine: making one takes longer than running it. */
const kept = new WeakMap<object, Map<string, string>>();

/** `build` gets rows with their columns in the given order. */
async function insertAll<R extends object>(
  within: Kysely<Database>,
  what: string,
  columns: readonly (keyof R & string)[],
  rows: readonly R[],
  build: (rows: R[]) => CompiledQuery,
): Promise<void> {
  const { adapter } = within.getExecutor();
  const texts = kept.get(adapter) ?? new Map<string, string>();
  kept.set(adapter, texts);
  const inOrder = (row: R): R =>
    Object.fromEntries(columns.map((column) => [column, row[column] ?? null])) as R;
  for (let start = 0; start < rows.length;) {
    const count = AT_ONCE.find((size) => size <= rows.length - start) ?? 1;
    const some = rows.slice(start, start + count);
    const key = `${what} ${count}`;
    const text = texts.get(key) ?? build(some.map(inOrder)).sql;
    texts.set(key, text);
    const parameters: unknown[] = [];
    for (const row of some) for (const column of columns) parameters.push(row[column] ?? null);
    await within.executeQuery(CompiledQuery.raw(text, parameters));
    start += count;
  }
}

export async function readCursors(db: Kysely<Database>): Promise<CursorRow[]> {
  return db.selectFrom('telemetry_cursors').selectAll().execute();
}

export async function readHead(
  db: Kysely<Database>,
  instanceId: string,
  from: number,
  to: number,
): Promise<SampleRow[]> {
  return db
    .selectFrom('telemetry_samples')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .execute();
}

/** Of these instances what was sampled after `since`, in the order of time. */
export async function readNewest(
  db: Kysely<Database>,
  instanceIds: readonly string[],
  since: number,
): Promise<SampleRow[]> {
  const read: SampleRow[] = [];
  for (let start = 0; start < instanceIds.length; start += IDS_AT_ONCE)
    read.push(
      ...(await db
        .selectFrom('telemetry_samples')
        .selectAll()
        .where('instance_id', 'in', instanceIds.slice(start, start + IDS_AT_ONCE))
        .where('at', '>', since)
        .orderBy('at')
        .execute()),
    );
  return read;
}

/** Takes the rows out, within the transaction that puts them into a block. In the order of time. */
export async function takeHead(
  within: Kysely<Database>,
  instanceId: string,
  from: number,
  to: number,
): Promise<SampleRow[]> {
  const rows = await within
    .deleteFrom('telemetry_samples')
    .where('instance_id', '=', instanceId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .returningAll()
    .execute();
  return rows.sort((a, b) => a.at - b.at);
}

/** The oldest row of the first instance after `after`, by id; of the first of all for null. */
export async function oldestAfter(
  db: Kysely<Database>,
  after: string | null,
): Promise<{ instanceId: string; at: number } | null> {
  const row = await db
    .selectFrom('telemetry_samples')
    .select(['instance_id as instanceId', 'at'])
    .$if(after !== null, (query) => query.where('instance_id', '>', after ?? ''))
    .orderBy('instance_id')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
