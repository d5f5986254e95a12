import { existsSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';

import type { Logger } from '../lib/logger.ts';
import { requireRoom } from './disk-space.ts';
import type { freeBytes } from './disk-space.ts';
import type { Engine } from './engine.ts';
import { levelOf } from './level.ts';
import { migrationsFor } from './migrations/index.ts';
import type { Database } from './schema.ts';
import { backUpSqlite } from './transfer/backup.ts';

const KEPT = 3;
const PREFIX = 'cyclorama-before-';

type Options = {
  db: Kysely<Database>;
  engine: Engine;
  /** The SQLite file; null with PostgreSQL. */
  file: string | null;
  logger: Pick<Logger, 'warn'>;
  free?: typeof freeBytes;
};

/**
 * Migrates the store, whole or not at all. A SQLite file that has had a migration is backed up beside itself before.
 * @throws StoreError where a newer version has written it, or there is no room for the backup.
 */
export async function bringUpToDate({ db, engine, file, logger, free }: Options): Promise<void> {
  const { last, pending } = await levelOf(db, engine);
  const to = pending.at(-1);
  if (to === undefined) return;
  const backup = file === null || last === null ? null : await backUpBefore(to, file, free);
  const { error } = await new Migrator({ db, provider: migrationsFor(engine) }).migrateToLatest();
  if (error !== undefined) {
    // Rolled back: the store is what the backup is.
    if (backup !== null) await rm(backup, { force: true });
    throw error;
  }
  if (last === null) return;
  logger.warn(
    { from: last, to, backup },
    backup === null
      ? 'the data was brought up to date; the way back is a backup made before'
      : 'the data was brought up to date; a backup from before lies beside it',
  );
  if (backup !== null) await removeOld(dirname(backup));
}

async function backUpBefore(to: string, file: string, free: Options['free']): Promise<string> {
  const folder = dirname(file);
  const bytes = [file, `${file}-wal`].map((each) => (existsSync(each) ? statSync(each).size : 0));
  const what = 'The backup that is made before the data is brought up to date';
  await requireRoom(what, folder, bytes[0]! + bytes[1]!, free);
  const backup = join(folder, `${PREFIX}${to}.sqlite`);
  // Of a start that was killed, or of an upgrade that was taken back since.
  await rm(backup, { force: true });
  await backUpSqlite(file, backup);
  return backup;
}

/** All but the newest few. */
async function removeOld(folder: string): Promise<void> {
  const found = readdirSync(folder)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at);
  for (const { path } of found.slice(KEPT)) await rm(path, { force: true });
}
