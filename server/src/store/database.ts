import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';
import type { Dialect } from 'kysely';
import { Kysely, PostgresDialect } from 'kysely';

import type { Logger } from '../lib/logger.ts';
import { commitAtServer, commitBesideWork } from './commit.ts';
import type { Commit } from './commit.ts';
import { requireSpace } from './disk-space.ts';
import type { freeBytes } from './disk-space.ts';
import type { Engine } from './engine.ts';
import { storeFaultOf } from './faults.ts';
import { lockFolder } from './folder-lock.ts';
import { createStoreWatch } from './health.ts';
import type { StoreHealth } from './health.ts';
import { createPostgresSession } from './postgres-session.ts';
import type { PostgresSession } from './postgres-session.ts';
import { connectPostgres } from './postgres.ts';
import type { Database } from './schema.ts';
import { deleteSettings, writeSetting } from './settings.ts';
import { databaseBytes, storeSize } from './size.ts';
import { STORE_FILE, StoreSqliteDialect } from './sqlite-file.ts';
import { withStatementCache } from './sqlite-statements.ts';
import { StoreError, unusable } from './store-error.ts';
import { backUp } from './transfer/backup.ts';
import { takeRestored } from './transfer/restore.ts';
import { requireMoved } from './transfer/use.ts';
import { bringUpToDate } from './upgrade.ts';
import type { UpgradeBackup } from './upgrade.ts';
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

/**
 * Pages in the log (64 MB) before they go into the file. A round of samples changes a page for each instance, and the
 * next round mostly the same ones: written at each thousand, as SQLite does by itself, they would cost twice the time.
 */
const CHECKPOINT_PAGES = 16_000;

/**
 * `patienceMs`: how long to wait for a database server that is still starting. With PostgreSQL `dataDir` is where the
 * backup before an upgrade goes.
 */
type Where = (
  | { dataDir: string; databaseUrl?: null }
  | { dataDir?: string; databaseUrl: string; patienceMs?: number }
) & {
  free?: typeof freeBytes;
  /** Whether one is made before a migration; it is unless this is false. */
  upgradeBackup?: boolean;
  /** Pause between two tries after the store has failed. */
  retryMs?: number;
};
type Opened = { dialect: Dialect; engine: Engine; file: string | null; release: () => void };

/**
 * Also migrates it: a SQLite file `cyclorama.sqlite` in `dataDir` (made if absent, one process at a time), or
 * PostgreSQL, which is waited for while it starts.
 * @throws StoreError where another process holds the file, a newer version wrote it, or the file or the server can't be
 *   used.
 */
export async function openStore(where: Where, logger: Pick<Logger, 'warn'>): Promise<Store> {
  const { dialect, engine, file, release } =
    typeof where.databaseUrl === 'string'
      ? await openPostgres(where, logger)
      : await openSqlite(where.dataDir, logger);
  const health = createStoreWatch(engine, logger, where.retryMs);
  const db = new Kysely<Database>({ dialect: watchDialect(dialect, health.explain) });
  const besideWork = file === null ? null : commitBesideWork(db, file, health.explain);
  const close = async (): Promise<void> => {
    health.stop();
    await besideWork?.close();
    await db.destroy();
    release();
  };
  try {
    const backup = where.upgradeBackup === false ? null : upgradeBackupOf(where, db);
    await bringUpToDate({ db, engine, backup, logger });
  } catch (error) {
    await close();
    if (error instanceof StoreError) throw error;
    const { message, hint } = health.fault ??
      storeFaultOf(error, engine) ?? {
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

function upgradeBackupOf({ dataDir, databaseUrl, free }: Where, db: Kysely<Database>): UpgradeBackup | null {
  if (dataDir === undefined) return null;
  const make = (path: string) => backUp({ dataDir, databaseUrl: databaseUrl ?? null }, path);
  const bytes = async (): Promise<number> =>
    typeof databaseUrl === 'string' ? await databaseBytes(db) : ((await storeSize(dataDir))?.bytes ?? 0);
  return { folder: dataDir, bytes, make, free };
}

/** Large, so that a disk with room for a few small rows counts as full. */
async function tryToWrite(db: Kysely<Database>): Promise<void> {
  await writeSetting(db, 'store.probe', 'x'.repeat(65_536));
  await deleteSettings(db, ['store.probe']);
}

async function openSqlite(dataDir: string, logger: Pick<Logger, 'warn'>): Promise<Opened> {
  let release = (): void => undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const lock = lockFolder(dataDir);
    release = () => lock.release();
    await takeRestored(dataDir, logger);
    requireMoved(dataDir);
    const file = join(dataDir, STORE_FILE);
    const database = new SqliteDatabase(file);
    // Has an effect on a new file only, and would write to one that this version must not touch.
    if (database.pragma('page_count', { simple: true }) === 0) database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.pragma('foreign_keys = ON');
    database.pragma('busy_timeout = 5000');
    const dialect = new StoreSqliteDialect({ database: withStatementCache(database) });
    return { dialect, engine: 'sqlite', file, release };
  } catch (cause) {
    release();
    throw cause instanceof StoreError ? cause : unusable(dataDir, cause);
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
