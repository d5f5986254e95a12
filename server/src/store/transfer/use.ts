import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { sql } from 'kysely';

import { APPLICATION_NAME } from '../postgres.ts';
import { STORE_FILE } from '../sqlite-file.ts';
import { StoreError } from '../store-error.ts';
import type { Side } from './sides.ts';

/** What a move into a folder writes until it is whole. */
export const MOVING_FILE = `${STORE_FILE}.moving`;

/** @throws StoreError where a move into the folder was cut short: a server would begin with an empty store there. */
export function requireMoved(dataDir: string): void {
  const partial = join(dataDir, MOVING_FILE);
  if (existsSync(join(dataDir, STORE_FILE)) || !existsSync(partial)) return;
  throw new StoreError(
    `A move of a store into ${dataDir} (DATA_DIR) did not come to its end. Nothing was changed. Run npm run move again, or delete ${partial} to begin with an empty store.`,
  );
}

/** @throws StoreError where the database has tables, whosever they are. */
export async function requireEmpty({ db }: Side): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema()`.execute(
    db,
  );
  const [first] = rows;
  if (first === undefined) return;
  throw new StoreError(
    `The PostgreSQL database is not empty: it has ${rows.length} tables, such as ${first.name}. Nothing was changed. Make a new database for this and name that one.`,
  );
}

/** @throws StoreError where somebody else is connected to the PostgreSQL database, as a server always is. */
export async function requireUnused({ db }: Side): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(nullif(application_name, ''), 'one without a name') as name from pg_stat_activity
    where datname = current_database() and usename = current_user
      and backend_type = 'client backend' and pid <> pg_backend_pid()`.execute(db);
  if (rows.length === 0) return;
  const names = [...new Set(rows.map(({ name }) => name))].join(', ');
  throw new StoreError(
    `The database is in use by ${rows.length} connections (${names}; the server’s are called ${APPLICATION_NAME}). Nothing was changed. Stop them and try again, so that nothing is written meanwhile.`,
  );
}
