import type { Store } from '../../server/src/store/database.ts';
import type { Database } from '../../server/src/store/schema.ts';

const ROWS_AT_ONCE = 200;

/** Compiles one statement for all rows: compiling costs several times what inserting does. Rows have the same keys. */
export async function insertMany(
  db: Store['db'],
  table: keyof Database,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const compile = (some: readonly Record<string, unknown>[]) => db.insertInto(table).values(some).compile();
  const first = rows.slice(0, ROWS_AT_ONCE);
  if (first.length === 0) return;
  const full = compile(first);
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const some = rows.slice(start, start + ROWS_AT_ONCE);
    const query = some.length === first.length ? full : compile(some);
    await db.executeQuery({ ...query, parameters: some.flatMap((row) => Object.values(row)) });
  }
}
