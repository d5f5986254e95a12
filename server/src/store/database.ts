import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';
import type { Dialect } from 'kysely';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';

import type { Logger } from '../lib/logger.ts';
import { commitAtServer, commitBesideWork } from './commit.ts';
import type { Commit } from './commit.ts';
import { requireSpace } from './disk-space.ts';
import type { freeBytes } from './disk-space.ts';
import type { Engine } from './engine.ts';
import { storeFaultOf } from './faults.ts';
import { createStoreWatch } from './health.ts';
import type { StoreHealth } from './health.ts';
import { migrationsFor } from './migrations/index.ts';
import { createPostgresSession } from './postgres-session.ts';
import type { PostgresSession } from './postgres-session.ts';
import { connectPostgres } from './postgres.ts';
import type { Database } from './schema.ts';
import { deleteSettings, writeSetting } from './settings.ts';
import { withStatementCache } from './sqlite-statements.ts';
import { watchDialect } from './watched-dialect.ts';

export type Store = {
  db: Kysely<Database>;
  engine: Engine;
  /** For writes that share their wait for the disk. */
  commit: Commit;
  health: StoreHealth;
  /** A connection of its own for what belongs to one process; null on SQLite. */
  openSession(): PostgresSession | null;
  close(): Promise<void>;
};

/** `patienceMs`: how long to wait for a database server that is still starting. */
type Where = (
  | { dataDir: string; databaseUrl?: null; free?: typeof freeBytes }
  | { databaseUrl: string; patienceMs?: number }
) & {
  /** Pause between two tries after the store has failed. */
  retryMs?: number;
};
type Opened = { dialect: Dialect; engine: Engine; file: string | null; release: () => void };

export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/**
 * Also migrates it: a SQLite file `cyclorama.sqlite` in `dataDir` (made if absent, one process at a time), or
 * PostgreSQL, which is waited for while it starts.
 * @throws StoreError where another process holds the file, or the file or the server can't be used.
 */
export async function openStore(where: Where, logger: Pick<Logger, 'warn'>): Promise<Store> {
  const { dialect, engine, file, release } =
    typeof where.databaseUrl === 'string' ? await openPostgres(where, logger) : openSqlite(where.dataDir);
  const health = createStoreWatch(engine, logger, where.retryMs);
  const db = new Kysely<Database>({ dialect: watchDialect(dialect, health.explain) });
  const besideWork = file === null ? null : commitBesideWork(db, file, health.explain);
  const close = async (): Promise<void> => {
    health.stop();
    await besideWork?.close();
    await db.destroy();
    release();
  };
  const { error } = await new Migrator({ db, provider: migrationsFor(engine) }).migrateToLatest();
  if (error !== undefined) {
    await close();
    const { message, hint } = health.fault ?? {
      message: error instanceof Error ? error.message : 'unknown fault',
      hint: '',
    };
    throw new StoreError(`The store could not be brought up to date: ${message} ${hint}`.trim(), {
      cause: error,
    });
  }
  const checkSpace = async (): Promise<void> => {
    if (typeof where.databaseUrl !== 'string') await requireSpace(where.dataDir, where.free);
  };
  health.probeWith(async () => {
    await checkSpace();
    await tryToWrite(db);
  }, checkSpace);
  const openSession = (): PostgresSession | null =>
    typeof where.databaseUrl === 'string'
      ? createPostgresSession({ connectionString: where.databaseUrl, logger })
      : null;
  return { db, engine, commit: besideWork ?? commitAtServer(db), health, openSession, close };
}

/** Large, so that a disk with room for a few small rows counts as full. */
async function tryToWrite(db: Kysely<Database>): Promise<void> {
  await writeSetting(db, 'store.probe', 'x'.repeat(65_536));
  await deleteSettings(db, ['store.probe']);
}

function openSqlite(dataDir: string): Opened {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const lock = lockFolder(dataDir);
    const file = join(dataDir, 'cyclorama.sqlite');
    const database = new SqliteDatabase(file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('busy_timeout = 5000');
    const dialect = new SqliteDialect({ database: withStatementCache(database) });
    return { dialect, engine: 'sqlite', file, release: () => lock.close() };
  } catch (cause) {
    throw cause instanceof StoreError ? cause : unusable(dataDir, cause);
  }
}

export function unusable(dataDir: string, cause: unknown): StoreError {
  const fault = storeFaultOf(cause, 'sqlite');
  const why =
    fault === null
      ? `${cause instanceof Error ? cause.message : 'unknown fault'}.`
      : `${fault.message} ${fault.hint}`;
  return new StoreError(`The data in ${dataDir} (DATA_DIR) can’t be used: ${why}`, { cause });
}

/** An open exclusive transaction on a separate file: the system releases it however the process dies. */
function lockFolder(dataDir: string): SqliteDatabase.Database {
  const lock = new SqliteDatabase(join(dataDir, 'cyclorama.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock.close();
    if (!(cause as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw cause;
    throw new StoreError(
      `Another process uses the data in ${dataDir}. Stop it, or give this one its own DATA_DIR, or let both share a DATABASE_URL.`,
      { cause },
    );
  }
}

async function openPostgres(
  { databaseUrl, patienceMs = 60_000 }: { databaseUrl: string; patienceMs?: number },
  logger: Pick<Logger, 'warn'>,
): Promise<Opened> {
  try {
    const pool = await connectPostgres(databaseUrl, patienceMs, logger);
    return {
      dialect: new PostgresDialect({ pool }),
      engine: 'postgres',
      file: null,
      release: () => undefined,
    };
  } catch (cause) {
    const reason = cause instanceof Error && cause.message !== '' ? cause.message : 'it does not answer';
    throw new StoreError(`The database of DATABASE_URL can't be used: ${reason}`, { cause });
  }
}
