import type { Insertable, Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';

import type { Database, TelemetryCursorTable, TelemetrySampleTable } from './schema.ts';

export type SampleRow = Selectable<TelemetrySampleTable>;
export type CursorRow = Selectable<TelemetryCursorTable>;

/** Keeps a statement's parameters below both engines' limits. */
const ROWS_AT_ONCE = 500;
const MEANS = [
  'cpu',
  'throttled',
  'memory',
  'memory_limit',
  'receive',
  'transmit',
  'processes',
  'swap',
  'cache',
  'memory_limit_hits',
  'receive_private',
  'transmit_private',
  'receive_public',
  'transmit_public',
  'network_errors',
  'network_drops',
] as const satisfies readonly (keyof SampleRow)[];

/** Samples and counter positions in one transaction; an existing sample stays. */
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

export async function readSeries(
  db: Kysely<Database>,
  table: 'telemetry_samples' | 'telemetry_rollups',
  instanceId: string,
  from: number,
  to: number,
): Promise<SampleRow[]> {
  return db
    .selectFrom(table)
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .execute();
}

export async function newestRollup(db: Kysely<Database>, notAfter: number): Promise<number | null> {
  const row = await db
    .selectFrom('telemetry_rollups')
    .select((select) => select.fn.max('at').as('at'))
    .where('at', '<=', notAfter)
    .executeTakeFirst();
  return row?.at ?? null;
}

export async function oldestSample(db: Kysely<Database>, from: number): Promise<number | null> {
  const row = await db
    .selectFrom('telemetry_samples')
    .select((select) => select.fn.min('at').as('at'))
    .where('at', '>=', from)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Rolls up samples with `start` ≤ at < `end` at `start`; repeating it replaces them. */
export async function rollUp(db: Kysely<Database>, start: number, end: number): Promise<void> {
  await db
    .insertInto('telemetry_rollups')
    .columns(['instance_id', 'at', ...MEANS])
    .expression((builder) =>
      builder
        .selectFrom('telemetry_samples')
        .select((select) => [
          'instance_id',
          // A literal, since a bound number has no type in a select list.
          sql.lit(start).as('at'),
          ...MEANS.map((name) => select.fn.avg<number | null>(name).as(name)),
        ])
        .where('at', '>=', start)
        .where('at', '<', end)
        .groupBy('instance_id'),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['instance_id', 'at'])
        .doUpdateSet((row) => Object.fromEntries(MEANS.map((name) => [name, row.ref(`excluded.${name}`)]))),
    )
    .execute();
}

export async function pruneTelemetry(
  db: Kysely<Database>,
  before: { samples: number; rollups: number; cursors: number },
): Promise<void> {
  await db.deleteFrom('telemetry_samples').where('at', '<', before.samples).execute();
  await db.deleteFrom('telemetry_rollups').where('at', '<', before.rollups).execute();
  await db.deleteFrom('telemetry_cursors').where('at', '<', before.cursors).execute();
}

function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    yield rows.slice(start, start + ROWS_AT_ONCE);
}
