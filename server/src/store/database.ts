import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';
import type { Dialect } from 'kysely';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool, TypeOverrides } from 'pg';

import type { Logger } from '../logger.ts';
import { commitAtServer, commitBesideWork } from './commit.ts';
import type { Commit } from './commit.ts';
import type { Engine } from './engine.ts';
import { migrationsFor } from './migrations/index.ts';
import type { Database } from './schema.ts';
import { withKeptStatements } from './sqlite-statements.ts';

const INT8 = 20;
const NUMERIC = 1700;

export type Store = {
  db: Kysely<Database>;
  engine: Engine;
  /** For writes whose wait for the disk is worth sharing. */
  commit: Commit;
  close(): Promise<void>;
};

type Where = { dataDir: string; databaseUrl?: null } | { databaseUrl: string };
type Opened = { dialect: Dialect; engine: Engine; file: string | null; release: () => void };

/** The store can't be used as it is; the message says why and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/**
 * Opens the store and brings its tables up to date: a SQLite file `cyclorama.sqlite` in `dataDir` (made if absent,
 * one process at a time), or PostgreSQL.
 * @throws StoreError where another process holds the file, or the file or the server can't be used.
 */
export async function openStore(where: Where, logger: Pick<Logger, 'warn'>): Promise<Store> {
  const { dialect, engine, file, release } =
    typeof where.databaseUrl === 'string'
      ? openPostgres(where.databaseUrl, logger)
      : openSqlite(where.dataDir);
  const db = new Kysely<Database>({ dialect });
  const besideWork = file === null ? null : commitBesideWork(db, file);
  const close = async (): Promise<void> => {
    await besideWork?.close();
    await db.destroy();
    release();
  };
  const { error } = await new Migrator({ db, provider: migrationsFor(engine) }).migrateToLatest();
  if (error !== undefined) {
    await close();
    const reason = error instanceof Error ? error.message : 'unknown fault';
    throw new StoreError(`The store could not be brought up to date: ${reason}`, { cause: error });
  }
  return { db, engine, commit: besideWork ?? commitAtServer(db), close };
}

function openSqlite(dataDir: string): Opened {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StoreError(`The folder DATA_DIR (${dataDir}) can't be made or written.`, { cause });
  }
  const lock = lockFolder(dataDir);
  const file = join(dataDir, 'cyclorama.sqlite');
  const database = new SqliteDatabase(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 5000');
  const dialect = new SqliteDialect({ database: withKeptStatements(database) });
  return { dialect, engine: 'sqlite', file, release: () => lock.close() };
}

/** An open exclusive transaction on a file of its own: the system frees it when the process dies, however it dies. */
function lockFolder(dataDir: string): SqliteDatabase.Database {
  const lock = new SqliteDatabase(join(dataDir, 'cyclorama.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock.close();
    throw new StoreError(
      `Another process uses the data in ${dataDir}. Stop it, or give this one its own DATA_DIR, or let both share a DATABASE_URL.`,
      { cause },
    );
  }
}

function openPostgres(connectionString: string, logger: Pick<Logger, 'warn'>): Opened {
  const types = new TypeOverrides();
  // Times and counts stay far below 2^53, and the page wants numbers as SQLite gives them.
  types.setTypeParser(INT8, Number);
  types.setTypeParser(NUMERIC, Number);
  const pool = new Pool({ connectionString, types, max: 10, connectionTimeoutMillis: 10_000 });
  // An idle connection that breaks is replaced at the next query; unheard, the event would end the process.
  pool.on('error', (error) => logger.warn({ reason: error.message }, 'a database connection broke'));
  return { dialect: new PostgresDialect({ pool }), engine: 'postgres', file: null, release: () => undefined };
}
