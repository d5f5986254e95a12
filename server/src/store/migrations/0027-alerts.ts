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

/** Rules, and what they saw. */
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
  },
};
