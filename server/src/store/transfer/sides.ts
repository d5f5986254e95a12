import type SqliteDatabase from 'better-sqlite3';
import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, TypeOverrides } from 'pg';

import type { Engine } from '../engine.ts';
import { APPLICATION_NAME, parseNumbers } from '../postgres.ts';
import type { Database } from '../schema.ts';
import { StoreSqliteDialect } from '../sqlite-file.ts';
import { StoreError } from '../store-error.ts';
import type { Row, Table } from './tables.ts';

/** One end of a copy, within one transaction: what is read is of one moment, what is written is there whole or not at all. */
export type Side = {
  engine: Engine;
  db: Kysely<Database>;
  read(table: Table): AsyncIterable<Row[]> | Iterable<Row[]>;
  write(table: Table, rows: readonly Row[]): Promise<void>;
};

const ROWS_AT_ONCE = 500;

/** Rolled back where `work` rejects. The file stays open. */
export async function inSqlite<T>(
  database: SqliteDatabase.Database,
  work: (side: Side) => Promise<T>,
): Promise<T> {
  // Not destroyed: that would close a file that is not this function's.
  const whole = new Kysely<Database>({ dialect: new StoreSqliteDialect({ database }) });
  return whole.transaction().execute((db) =>
    work({
      engine: 'sqlite',
      db,
      read: (table) => readSqlite(database, table),
      write(table, rows) {
        const { columns } = table;
        const insert = database.prepare(
          `insert into ${quoted(table.name)} (${names(columns)}) values (${columns.map(() => '?').join()})`,
        );
        for (const row of rows) insert.run(columns.map((column) => row[column] ?? null));
        return Promise.resolve();
      },
    }),
  );
}

function* readSqlite(database: SqliteDatabase.Database, table: Table): Generator<Row[]> {
  let rows: Row[] = [];
  for (const row of database.prepare(`select ${names(table.columns)} from ${quoted(table.name)}`).iterate()) {
    rows.push(row as Row);
    if (rows.length < ROWS_AT_ONCE) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

/** Rolled back where `work` rejects. @throws StoreError where the server can't be used. */
export async function inPostgres<T>(connectionString: string, work: (side: Side) => Promise<T>): Promise<T> {
  const pool = new Pool({
    connectionString,
    types: parseNumbers(new TypeOverrides()),
    max: 1,
    application_name: `${APPLICATION_NAME}-copy`,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', () => undefined);
  const whole = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await whole
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((db) =>
        work({
          engine: 'postgres',
          db,
          read: (table) => readPostgres(db, table),
          write: (table, rows) => writePostgres(db, table, rows),
        }),
      );
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const reason = error instanceof Error && error.message !== '' ? error.message : 'it does not answer';
    throw new StoreError(`The PostgreSQL database can't be used: ${reason}. Nothing was changed.`, {
      cause: error,
    });
  } finally {
    await whole.destroy();
  }
}

async function* readPostgres(db: Kysely<Database>, table: Table): AsyncGenerator<Row[]> {
  const run = (text: string) => db.executeQuery<Row>(CompiledQuery.raw(text));
  await run(`declare copied no scroll cursor for select ${names(table.columns)} from ${quoted(table.name)}`);
  for (;;) {
    const { rows } = await run(`fetch ${ROWS_AT_ONCE} from copied`);
    yield rows;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await run('close copied');
}

/** As one JSON parameter, which PostgreSQL takes apart by the table's own types. */
async function writePostgres(db: Kysely<Database>, table: Table, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const asJson = rows.map((row) =>
    Object.fromEntries(table.columns.map((column) => [column, jsonOf(row[column] ?? null)])),
  );
  const columns = names(table.columns);
  await db.executeQuery(
    CompiledQuery.raw(
      `insert into ${quoted(table.name)} (${columns}) overriding system value
       select ${columns} from json_populate_recordset(null::${quoted(table.name)}, $1)`,
      [JSON.stringify(asJson)],
    ),
  );
}

function jsonOf(value: Row[string]): string | number | null {
  return value instanceof Uint8Array ? String.raw`\x` + Buffer.from(value).toString('hex') : value;
}

/** So that the next row does not get a number that a copied one has. */
export async function countOn({ db, engine }: Side, { name, identity }: Table): Promise<void> {
  if (engine === 'sqlite') return;
  for (const column of identity) {
    const of = sql.ref(column);
    await sql`select setval(pg_get_serial_sequence(${quoted(name)}, ${column}), coalesce(max(${of}), 1), max(${of}) is not null)
      from ${sql.table(name)}`.execute(db);
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const names = (columns: readonly string[]): string => columns.map(quoted).join(', ');
