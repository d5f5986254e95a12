import type { CreateTableBuilder, Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

type Columns = Record<string, 'text' | 'text?' | 'bigint' | 'bigint?' | 'integer'>;

function table(db: Kysely<unknown>, name: string, columns: Columns): CreateTableBuilder<string> {
  let builder: CreateTableBuilder<string> = db.schema.createTable(name);
  for (const [column, kind] of Object.entries(columns)) {
    const isNullable = kind.endsWith('?');
    const type = kind.replace('?', '') as 'text' | 'bigint' | 'integer';
    builder = builder.addColumn(column, type, (of) => (isNullable ? of : of.notNull()));
  }
  return builder;
}

/** Rules, what they saw, and who is told of it. */
export const alerts: Migration = {
  up: async (db: Kysely<unknown>) => {
    await table(db, 'alert_rules', {
      id: 'text',
      name: 'text',
      condition: 'text',
      scope: 'text',
      for_seconds: 'integer',
      severity: 'text',
      enabled: 'integer',
      receivers: 'text',
      is_built_in: 'integer',
      changed_by: 'text?',
      changed_at: 'bigint',
    })
      .addPrimaryKeyConstraint('alert_rules_key', ['id'] as never)
      .execute();
    await table(db, 'alerts', {
      id: 'text',
      rule_id: 'text',
      rule_name: 'text',
      severity: 'text',
      object_kind: 'text',
      object_id: 'text',
      object_name: 'text',
      container_id: 'text?',
      state: 'text',
      detail: 'text',
      since: 'bigint',
      fired_at: 'bigint?',
      resolved_at: 'bigint?',
      resolved_because: 'text?',
      acknowledged_by: 'text?',
      acknowledged_at: 'bigint?',
      acknowledged_note: 'text?',
    })
      .addPrimaryKeyConstraint('alerts_key', ['id'] as never)
      .execute();
    await sql`create unique index alerts_open on alerts (rule_id, object_id) where state != 'resolved'`.execute(
      db,
    );
    await sql`create index alerts_resolved on alerts (resolved_at) where state = 'resolved'`.execute(db);
    await table(db, 'alert_receivers', {
      id: 'text',
      kind: 'text',
      name: 'text',
      url: 'text',
      signing_key: 'text',
      created_by: 'text',
      created_at: 'bigint',
    })
      .addPrimaryKeyConstraint('alert_receivers_key', ['id'] as never)
      .execute();
    await table(db, 'alert_deliveries', {
      alert_id: 'text',
      transition: 'text',
      receiver: 'text',
      at: 'bigint',
      state: 'text',
      message_id: 'text?',
    })
      .addPrimaryKeyConstraint('alert_deliveries_key', ['alert_id', 'transition', 'receiver'] as never)
      .execute();
    await sql`create index alert_deliveries_waiting on alert_deliveries (at) where state = 'waiting'`.execute(
      db,
    );
    await sql`create index alert_deliveries_message on alert_deliveries (message_id)`.execute(db);
    await table(db, 'alert_messages', {
      id: 'text',
      receiver: 'text',
      receiver_name: 'text',
      rule_id: 'text',
      rule_name: 'text',
      transition: 'text',
      alerts: 'integer',
      created_at: 'bigint',
      body: 'text',
      state: 'text',
      tries: 'integer',
      next_try_at: 'bigint',
      ended_at: 'bigint?',
      error: 'text?',
    })
      .addPrimaryKeyConstraint('alert_messages_key', ['id'] as never)
      .execute();
    await sql`create index alert_messages_due on alert_messages (next_try_at) where state = 'due'`.execute(
      db,
    );
    await sql`create index alert_messages_created on alert_messages (created_at)`.execute(db);
    await table(db, 'alert_tries', {
      message_id: 'text',
      number: 'integer',
      at: 'bigint',
      ended_at: 'bigint?',
      outcome: 'text?',
    })
      .addPrimaryKeyConstraint('alert_tries_key', ['message_id', 'number'] as never)
      .execute();
  },
};
