import { join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';

import { StoreError } from './store-error.ts';

/**
 * An open exclusive transaction on a separate file: the system releases it however the process dies.
 * @throws StoreError where another process holds it.
 */
export function lockFolder(dataDir: string): { release(): void } {
  const lock = new SqliteDatabase(join(dataDir, 'cyclorama.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return { release: () => void lock.close() };
  } catch (cause) {
    lock.close();
    if (!(cause as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw cause;
    throw new StoreError(
      `Another process uses the data in ${dataDir}. Stop it, or give this one its own DATA_DIR, or let both share a DATABASE_URL.`,
      { cause },
    );
  }
}
