import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

import type { Engine } from '../engine.ts';

/** The topology of each past minute, as pictures and changes between them. */
export function history(engine: Engine): Migration {
  const bytes = engine === 'sqlite' ? sql`blob` : sql`bytea`;
  return {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('topology_pictures')
        .addColumn('at', 'bigint', (column) => column.primaryKey())
        .addColumn('is_full', 'integer', (column) => column.notNull())
        .addColumn('body', bytes, (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('topology_spans')
        .addColumn('began', 'bigint', (column) => column.primaryKey())
        .addColumn('until', 'bigint', (column) => column.notNull())
        .execute();
    },
  };
}
