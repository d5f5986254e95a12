import SqliteDatabase from 'better-sqlite3';
import { SqliteAdapter, SqliteDialect } from 'kysely';
import type { DialectAdapter } from 'kysely';

export const STORE_FILE = 'cyclorama.sqlite';

/**
 * SQLite rolls back changes of the schema too. Kysely leaves migrations outside of a transaction only because
 * `pragma foreign_keys` does nothing within one; none of ours uses it, and one that is interrupted must leave no half.
 */
export class StoreSqliteDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** What SQLite finds wrong with the file's structure; null: nothing. */
export function faultIn(database: SqliteDatabase.Database): string | null {
  const found = String(database.pragma('integrity_check', { simple: true }));
  return found === 'ok' ? null : found;
}

export function faultInFile(file: string): string | null {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    return faultIn(database);
  } finally {
    database.close();
  }
}
