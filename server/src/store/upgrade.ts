import { readdirSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';

import type { Logger } from '../lib/logger.ts';
import { requireRoom } from './disk-space.ts';
import type { freeBytes } from './disk-space.ts';
import type { Engine } from './engine.ts';
import { levelOf } from './level.ts';
import { migrationsFor } from './migrations/index.ts';
import type { Database } from './schema.ts';
import { StoreError } from './store-error.ts';

const KEPT = 3;
const PREFIX = 'cyclorama-before-';
const WHAT = 'The backup that is made before the data is brought up to date';
/** Any number: all replicas on one database ask for this lock. */
const UPGRADE_LOCK = 1_129_926_512;

/** Of one engine: where a backup from before a migration goes, and how it is made. */
export type UpgradeBackup = {
  folder: string;
  /** About as many as the backup will have. */
  bytes(): Promise<number>;
  make(path: string): Promise<unknown>;
  free?: typeof freeBytes | undefined;
};

type Options = {
  db: Kysely<Database>;
  engine: Engine;
  /** Null: none is made. */
  backup: UpgradeBackup | null;
  logger: Pick<Logger, 'warn'>;
};

/**
 * Migrates the store, whole or not at all. One that has had a migration is backed up before.
 * @throws StoreError where a newer version has written it, or the backup can't be made.
 */
export async function bringUpToDate(options: Options): Promise<void> {
  const { db, engine } = options;
  if ((await levelOf(db, engine)).pending.length === 0) return;
  await alone(db, engine, () => migrate(options));
}

/** Replicas that start together wait for the one that migrates: its backup is the only one from before. */
async function alone(db: Kysely<Database>, engine: Engine, work: () => Promise<void>): Promise<void> {
  if (engine === 'sqlite') return work();
  await db.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${UPGRADE_LOCK})`.execute(session);
    try {
      await work();
    } finally {
      await sql`select pg_advisory_unlock(${UPGRADE_LOCK})`.execute(session);
    }
  });
}

async function migrate({ db, engine, backup, logger }: Options): Promise<void> {
  const { last, pending } = await levelOf(db, engine);
  const to = pending.at(-1);
  if (to === undefined) return;
  const file = backup === null || last === null ? null : await backUpBefore(to, backup, logger);
  const { error } = await new Migrator({ db, provider: migrationsFor(engine) }).migrateToLatest();
  if (error !== undefined) {
    // Rolled back: the store is what the backup is.
    if (file !== null) await rm(file, { force: true });
    throw error;
  }
  if (last === null) return;
  logger.warn(
    { from: last, to, backup: file },
    file === null
      ? 'the data was brought up to date; the way back is a backup made before'
      : 'the data was brought up to date; a backup from before is kept',
  );
  if (file !== null) await removeOld(dirname(file));
}

async function backUpBefore(to: string, backup: UpgradeBackup, logger: Options['logger']): Promise<string> {
  const { folder, free } = backup;
  const file = join(folder, `${PREFIX}${to}.sqlite`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await requireRoom(WHAT, folder, await backup.bytes(), free);
    logger.warn({ to, backup: file }, 'the data is backed up before it is brought up to date');
    // Of a start that was killed, or of an upgrade that was taken back since.
    await rm(file, { force: true });
    await backup.make(file);
    return file;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown fault';
    throw new StoreError(
      `${cause instanceof StoreError ? reason : `${WHAT} can't be written to ${folder}: ${reason}. Nothing was changed.`} Where the data is backed up by other means, set UPGRADE_BACKUP=off.`,
      { cause },
    );
  }
}

/** All but the newest few. */
async function removeOld(folder: string): Promise<void> {
  const found = readdirSync(folder)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at);
  for (const { path } of found.slice(KEPT)) await rm(path, { force: true });
}
