import type { Kysely } from 'kysely';
import { sql } from 'kysely';

import type { Database } from '../schema.ts';
import { COLUMNS } from './columns.ts';

/** Samples as they were kept before there were blocks, to compare with. SQLite. */
export async function createRows(db: Kysely<Database>): Promise<void> {
  const columns = COLUMNS.map((name) => `${name} double precision`).join(', ');
  await sql`create table rows_before (instance_id text not null, at bigint not null, ${sql.raw(columns)},
    primary key (instance_id, at)) without rowid`.execute(db);
  await sql`create index rows_before_at on rows_before (at)`.execute(db);
}

/** Of the instances with an id below `under`, those taken since `from`. */
export async function addRows(db: Kysely<Database>, from: number, under: string): Promise<void> {
  await sql`insert into rows_before select instance_id, at, ${sql.raw(COLUMNS.join(', '))} from telemetry_samples
    where at >= ${from} and instance_id < ${under}`.execute(db);
}

export async function readRows(db: Kysely<Database>, instanceId: string): Promise<unknown[]> {
  const { rows } = await sql`select * from rows_before where instance_id = ${instanceId} order by at`.execute(
    db,
  );
  return rows;
}

/** Whole pages of the file, with those of the table's indexes. */
export async function pagesOf(
  db: Kysely<Database>,
  table: 'rows_before' | 'telemetry_blocks',
): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select sum(s.pgsize) as bytes from dbstat s
    join sqlite_master m on m.name = s.name where m.tbl_name = ${table} and s.aggregate = true`.execute(db);
  return rows[0]?.bytes ?? 0;
}
