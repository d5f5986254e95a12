import { sql } from 'kysely';

import { APPLICATION_NAME } from '../postgres.ts';
import { StoreError } from '../store-error.ts';
import type { Side } from './sides.ts';

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
