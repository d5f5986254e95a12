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
