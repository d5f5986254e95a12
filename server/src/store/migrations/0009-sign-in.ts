import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Refused sign-ins and addresses people signed in from, by keyed fingerprints: no name and no address is stored. And what
 * the sign-in provider is asked with whether a person still has an account.
 */
export const signIn: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('sign_in_tries')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('blocked_until', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('sign_in_tries_expiry').on('sign_in_tries').column('expires_at').execute();
    await db.schema
      .createTable('sign_in_addresses')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('sign_in_addresses_expiry')
      .on('sign_in_addresses')
      .column('expires_at')
      .execute();
    await db.schema
      .createTable('oidc_grants')
      .addColumn('person', 'text', (column) => column.primaryKey())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('refresh_token', 'text', (column) => column.notNull())
      .addColumn('checked_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
