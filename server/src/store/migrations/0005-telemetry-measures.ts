import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const COLUMNS = [
  'swap',
  'cache',
  'memory_limit_hits',
  'receive_private',
  'transmit_private',
  'receive_public',
  'transmit_public',
  'network_errors',
  'network_drops',
];

/** What a sample tells beyond its first seven measures. Cursors lack the new counters, so counting begins anew. */
export const telemetryMeasures: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const table of ['telemetry_samples', 'telemetry_rollups']) {
      // SQLite takes one new column a statement.
      for (const column of COLUMNS)
        await db.schema.alterTable(table).addColumn(column, 'double precision').execute();
    }
    await (db as Kysely<{ telemetry_cursors: object }>).deleteFrom('telemetry_cursors').execute();
  },
};
