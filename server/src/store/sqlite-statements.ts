import type SqliteDatabase from 'better-sqlite3';
import type { SqliteDatabase as KyselyDatabase, SqliteStatement } from 'kysely';

/** Enough for all statements of fixed text; those whose text grows with a list are evicted. */
const MAX_CACHED = 300;

/**
 * Caches compiled statements, least recently used evicted first: compiling costs several times what running a write
 * does.
 */
export function withStatementCache(database: SqliteDatabase.Database): KyselyDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => void database.close(),
    prepare(sql) {
      const statement = kept.get(sql) ?? database.prepare(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > MAX_CACHED && oldest !== undefined) kept.delete(oldest);
      return statement;
    },
  };
}
