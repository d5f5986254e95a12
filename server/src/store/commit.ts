import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import type { Database } from './schema.ts';

/** Resolves at the commit, when all readers see it. `durable` resolves once it is on disk: only then act on it. */
export type Commit = <T>(
  work: (db: Kysely<Database>) => Promise<T>,
) => Promise<{ result: T; durable: Promise<void> }>;

/** PostgreSQL answers a commit once it is on disk. */
export function commitAtServer(db: Kysely<Database>): Commit {
  return async (work) => {
    const result = await db.transaction().execute(work);
    return { result, durable: Promise.resolve() };
  };
}

/**
 * A durable SQLite commit blocks the process while the disk writes. Here a commit only reaches the write-ahead log
 * (`synchronous = NORMAL`, "SQLite pragmas"), which is synced to disk in the background: one sync for all commits
 * before it. Other commits stay `FULL`.
 */
export function commitBesideWork(
  db: Kysely<Database>,
  file: string,
  explain: (error: unknown) => unknown,
): Commit & { close(): Promise<void> } {
  const disk = createDiskSync(() => open(`${file}-wal`, 'r+'));
  const commit: Commit = async (work) => {
    const result = await db.connection().execute(async (connection) => {
      await sql`pragma synchronous = normal`.execute(connection);
      try {
        return await connection.transaction().execute(work);
      } finally {
        await sql`pragma synchronous = full`.execute(connection);
      }
    });
    const durable = disk.sync().catch((error: unknown) => {
      throw explain(error);
    });
    return { result, durable };
  };
  return Object.assign(commit, { close: () => disk.close() });
}

type DiskSync = { sync(): Promise<void>; close(): Promise<void> };

/** One sync at a time; callers during one share the next. */
function createDiskSync(openFile: () => Promise<FileHandle>): DiskSync {
  let file: Promise<FileHandle> | undefined;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const begin = (): Promise<void> => {
    file ??= openFile();
    const sync = file.then((handle) => handle.datasync()).finally(() => (running = null));
    running = sync;
    return sync;
  };

  return {
    sync() {
      if (running === null) return begin();
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = null;
          return begin();
        });
      return next;
    },
    async close() {
      await running?.catch(() => undefined);
      await (await file)?.close();
    },
  };
}
