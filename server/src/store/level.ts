import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration';

import type { Engine } from './engine.ts';
import { migrationsFor } from './migrations/index.ts';
import type { Database } from './schema.ts';
import { StoreError } from './store-error.ts';

export type Level = {
  /** The last migration the store has had; null in an empty one. */
  last: string | null;
  /** Those of this version it has not had, in order. */
  pending: string[];
};

/**
 * Reads only.
 * @throws StoreError where a newer version has migrated the store.
 */
export async function levelOf(db: Kysely<Database>, engine: Engine): Promise<Level> {
  const applied = await appliedTo(db);
  const known = Object.keys(await migrationsFor(engine).getMigrations());
  const unknown = applied.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new StoreError(
      `The data was written by a newer version of Cyclorama (it has had ${unknown}, this version ends at ${known.at(-1)}). Nothing was changed. Start the newer version, or restore a backup from before the upgrade.`,
    );
  }
  return { last: applied.at(-1) ?? null, pending: known.filter((name) => !applied.includes(name)) };
}

async function appliedTo(db: Kysely<Database>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return [];
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`.execute(db);
  return rows.map(({ name }) => name).toSorted();
}
