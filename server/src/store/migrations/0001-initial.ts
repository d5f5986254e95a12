import type { CreateTableBuilder, Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

import type { Engine } from '../engine.ts';

type Table = CreateTableBuilder<string>;

const float = 'double precision';

export function initial(engine: Engine): Migration {
  const withIdentity = (table: Table): Table =>
    engine === 'sqlite'
      ? table.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      : table.addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity());

  return {
    up: async (db: Kysely<unknown>) => {
      await createActivity(db, withIdentity);
      await createClaims(db, withIdentity);
      await createBookings(db, withIdentity);
      await createTasks(db);
      await createTelemetry(db, engine);
      await db.schema
        .createTable('settings')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('value', 'text', (column) => column.notNull())
        .execute();
    },
  };
}

async function createActivity(db: Kysely<unknown>, withIdentity: (table: Table) => Table): Promise<void> {
  await withIdentity(db.schema.createTable<string>('activity'))
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text')
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject_kind', 'text')
    .addColumn('subject_id', 'text')
    .addColumn('subject_name', 'text')
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('detail', 'text')
    .execute();
  await index(db, 'activity', 'at');
}

async function createClaims(db: Kysely<unknown>, withIdentity: (table: Table) => Table): Promise<void> {
  await db.schema
    .createTable('claims')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('container_id', 'text', (column) => column.notNull())
    .addColumn('container_name', 'text', (column) => column.notNull())
    .addColumn('instance_id', 'text')
    .addColumn('scheduler_address', 'text')
    .addColumn('token', 'text', (column) => column.notNull())
    .addColumn('variables', 'text')
    .addColumn('variable_names', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('spawn_by', 'bigint')
    .addColumn('claimed_at', 'bigint')
    .addColumn('spawned_at', 'bigint')
    .addColumn('runs_until', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('failure_code', 'text')
    .addColumn('failure_message', 'text')
    .execute();
  await index(db, 'claims', 'state');
  await index(db, 'claims', 'container_id');
  await createTransitions(db, withIdentity, 'claim_transitions');
}

async function createBookings(db: Kysely<unknown>, withIdentity: (table: Table) => Table): Promise<void> {
  await db.schema
    .createTable('bookings')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text')
    .addColumn('deployment_id', 'text')
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('region', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('upstream_id', 'text')
    .addColumn('reserve', 'integer', (column) => column.notNull())
    .addColumn('vpn', 'integer', (column) => column.notNull())
    .addColumn('ssh_public_key', 'text')
    .addColumn('expires_in_seconds', 'integer')
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('ends_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('termination_wished', 'integer', (column) => column.notNull())
    .addColumn('failure_code', 'text')
    .addColumn('failure_message', 'text')
    .execute();
  await index(db, 'bookings', 'state');
  await index(db, 'bookings', 'upstream_id');
  await createTransitions(db, withIdentity, 'booking_transitions');
}

async function createTransitions(
  db: Kysely<unknown>,
  withIdentity: (table: Table) => Table,
  name: string,
): Promise<void> {
  await withIdentity(db.schema.createTable<string>(name))
    .addColumn('subject_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('from_state', 'text')
    .addColumn('to_state', 'text', (column) => column.notNull())
    .addColumn('actor', 'text')
    .addColumn('cause', 'text', (column) => column.notNull())
    .addColumn('answer', 'text')
    .execute();
  await index(db, name, 'subject_id');
}

async function createTasks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tasks')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('instance_id', 'text', (column) => column.notNull())
    .addColumn('container_id', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('failure_code', 'text')
    .addColumn('failure_message', 'text')
    .execute();
  await index(db, 'tasks', 'instance_id');
}

async function createTelemetry(db: Kysely<unknown>, engine: Engine): Promise<void> {
  for (const name of ['telemetry_samples', 'telemetry_rollups']) {
    const table = db.schema
      .createTable(name)
      .addColumn('instance_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('cpu', float)
      .addColumn('throttled', float)
      .addColumn('memory', float)
      .addColumn('memory_limit', float)
      .addColumn('receive', float)
      .addColumn('transmit', float)
      .addColumn('processes', float)
      .addPrimaryKeyConstraint(`${name}_key`, ['instance_id', 'at']);
    // Rows are read by instance and time only: storing them in the key's tree halves the file.
    await (engine === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute();
    await index(db, name, 'at');
  }
  await db.schema
    .createTable('telemetry_cursors')
    .addColumn('instance_id', 'text', (column) => column.primaryKey())
    .addColumn('container_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('counters', 'text', (column) => column.notNull())
    .execute();
}

async function index(db: Kysely<unknown>, table: string, column: string): Promise<void> {
  await db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute();
}
