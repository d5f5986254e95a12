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

/** The measures after the first seven. Cursors lack the new counters, so counting restarts. */
export const telemetryMeasures: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const table of ['telemetry_samples', 'telemetry_rollups']) {
      // SQLite adds one column per statement.
      for (const column of COLUMNS)
        await db.schema.alterTable(table).addColumn(column, 'double precision').execute();
    }
    await (db as Kysely<{ telemetry_cursors: object }>).deleteFrom('telemetry_cursors').execute();
  },
};
