import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Sessions become rows, so that they can be listed and ended; people become rows, so that a name belongs to one way of
 * signing in. Whoever signed in before, or owns an access token, did so with a VPN account.
 */
export const sessionsAndPeople: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('sessions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('way', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
      .addColumn('confirmed_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('address', 'text')
      .addColumn('user_agent', 'text')
      .addColumn('ended_at', 'bigint')
      .addColumn('end_reason', 'text')
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
    for (const column of ['person', 'expires_at', 'changed_at']) {
      await db.schema.createIndex(`sessions_${column}`).on('sessions').column(column).execute();
    }
    await db.schema
      .createTable('people')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('way', 'text', (column) => column.notNull())
      .addColumn('subject', 'text')
      .addColumn('provider_role', 'text')
      .addColumn('role', 'text')
      .addColumn('role_set_by', 'text')
      .addColumn('role_set_at', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('confirmed_at', 'bigint', (column) => column.notNull())
      .addColumn('unconfirmed_since', 'bigint')
      .addColumn('gone_at', 'bigint')
      .addColumn('blocked_at', 'bigint')
      .addColumn('blocked_by', 'text')
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('people_changed_at').on('people').column('changed_at').execute();
    await sql`
      insert into people (name, way, created_at, confirmed_at, changed_at)
      select name, 'vpn', min(at), max(at), max(at)
      from (
        select actor as name, at from activity
        where actor is not null and action = 'session.sign-in' and outcome = 'done'
        union all
        select owner as name, created_at as at from access_tokens
      ) as known
      group by name`.execute(db);
    await sql`delete from settings where key like 'session.revoked.%'`.execute(db);
  },
};
