import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const claimsAtWork: Migration = {
  up: async (db: Kysely<unknown>) => {
    await extendClaims(db);
    await createClaimBatches(db);
    await createAccessTokens(db);
  },
};

async function extendClaims(db: Kysely<unknown>): Promise<void> {
  // SQLite adds one column per statement.
  const columns = [
    ['release_after_seconds', 'integer'],
    ['release_at', 'bigint'],
    ['batch_id', 'text'],
    ['batch_index', 'integer'],
    ['batch_attempt', 'integer'],
    ['retry_of', 'text'],
  ] as const;
  for (const [name, type] of columns) await db.schema.alterTable('claims').addColumn(name, type).execute();
  await db.schema
    .alterTable('claims')
    .addColumn('adopted', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  // One row per try: two processes that both think they run a batch can't start the same try twice.
  await db.schema
    .createIndex('claims_batch_run')
    .unique()
    .on('claims')
    .columns(['batch_id', 'batch_index', 'batch_attempt'])
    .execute();
  await db.schema.createIndex('claims_requested_at').on('claims').columns(['requested_at', 'id']).execute();
}

async function createClaimBatches(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('claim_batches')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('container_id', 'text', (column) => column.notNull())
    .addColumn('container_name', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('concurrency', 'integer', (column) => column.notNull())
    .addColumn('variables', 'text')
    .addColumn('release_after_seconds', 'integer')
    .addColumn('started', 'integer', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.notNull())
    .addColumn('done', 'integer', (column) => column.notNull())
    .addColumn('failed', 'integer', (column) => column.notNull())
    .addColumn('failures', 'text', (column) => column.notNull())
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('runner', 'text')
    .addColumn('lease_until', 'bigint')
    .execute();
  await db.schema.createIndex('claim_batches_state').on('claim_batches').column('state').execute();
}

async function createAccessTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('access_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('prefix', 'text', (column) => column.notNull().unique())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .execute();
  await db.schema.createIndex('access_tokens_owner').on('access_tokens').column('owner').execute();
}
