import type { Insertable, Kysely, Selectable } from 'kysely';

import type { TelemetryCursorTable, TelemetrySampleTable } from '../schema-telemetry.ts';
import type { Database } from '../schema.ts';

export type SampleRow = Selectable<TelemetrySampleTable>;
export type CursorRow = Selectable<TelemetryCursorTable>;

/** Keeps a statement's parameters below both engines' limits. */
const ROWS_AT_ONCE = 500;

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
    for (const rows of chunks(samples)) {
      await transaction
        .insertInto('telemetry_samples')
        .values(rows)
        .onConflict((conflict) => conflict.columns(['instance_id', 'at']).doNothing())
        .execute();
    }
    for (const rows of chunks(cursors)) {
      await transaction
        .insertInto('telemetry_cursors')
        .values(rows)
        .onConflict((conflict) =>
          conflict.column('instance_id').doUpdateSet((row) => ({
            container_id: row.ref('excluded.container_id'),
            at: row.ref('excluded.at'),
            counters: row.ref('excluded.counters'),
          })),
        )
        .execute();
    }
  });
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

function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    yield rows.slice(start, start + ROWS_AT_ONCE);
}
