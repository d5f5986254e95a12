import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

import { hashOfEntry, NO_ENTRY, storable } from '../activity-chain.ts';
import type { ActivityRow } from '../activity-chain.ts';
import type { Engine } from '../engine.ts';

type Before = Pick<
  ActivityRow,
  'id' | 'at' | 'actor' | 'action' | 'subject_kind' | 'subject_id' | 'subject_name' | 'outcome' | 'detail'
>;
type Tables = {
  activity: Before;
  activity_chained: ActivityRow;
  activity_head: { id: number; entries: number; hash: string; removed_to: number };
};

const ROWS_AT_ONCE = 500;
const REFUSAL = 'entries of the record can not be changed or deleted';

/**
 * Entries are numbered without gaps and chained by hash, and can't be changed; deleted only once a summary of them is on
 * record. What was typed as a name in refused sign-ins may be a password, and is not kept.
 */
export function recordChained(engine: Engine): Migration {
  return {
    up: async (db: Kysely<Tables>) => {
      await db.schema
        .createTable('activity_chained')
        .addColumn('id', engine === 'sqlite' ? 'integer' : 'bigint', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('actor', 'text')
        .addColumn('way', 'text')
        .addColumn('way_id', 'text')
        .addColumn('way_name', 'text')
        .addColumn('address', 'text')
        .addColumn('request_id', 'text')
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('subject_kind', 'text')
        .addColumn('subject_id', 'text')
        .addColumn('subject_name', 'text')
        .addColumn('reason', 'text')
        .addColumn('value_before', 'text')
        .addColumn('value_after', 'text')
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('detail', 'text')
        .addColumn('intent', 'bigint')
        .addColumn('previous', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('activity_head')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('entries', 'bigint', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('removed_to', 'bigint', (column) => column.notNull())
        .execute();
      await chainAll(db);
      await db.schema.dropTable('activity').execute();
      await db.schema.alterTable('activity_chained').renameTo('activity').execute();
      await db.schema.createIndex('activity_by_at').on('activity').column('at').execute();
      await db.schema.createIndex('activity_by_actor').on('activity').columns(['actor', 'id']).execute();
      await db.schema
        .createIndex('activity_by_subject')
        .on('activity')
        .columns(['subject_id', 'id'])
        .execute();
      await (engine === 'sqlite' ? guardSqlite(db) : guardPostgres(db));
    },
  };
}

async function chainAll(db: Kysely<Tables>): Promise<void> {
  let entries = 0;
  let previous = NO_ENTRY;
  for (let last = 0; ;) {
    const rows = await db
      .selectFrom('activity')
      .selectAll()
      .where('id', '>', last)
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute();
    if (rows.length === 0) break;
    const chained = rows.map((row) => {
      entries += 1;
      const entry = { ...storable({ ...nothingMore, ...withoutTypedName(row) }), id: entries, previous };
      previous = hashOfEntry(entry);
      return { ...entry, hash: previous };
    });
    await db.insertInto('activity_chained').values(chained).execute();
    last = rows.at(-1)?.id ?? last;
  }
  await db.insertInto('activity_head').values({ id: 1, entries, hash: previous, removed_to: 0 }).execute();
}

const nothingMore = {
  way: null,
  way_id: null,
  way_name: null,
  address: null,
  request_id: null,
  reason: null,
  value_before: null,
  value_after: null,
  intent: null,
};

function withoutTypedName(row: Before): Before {
  const isRefusedSignIn = row.action === 'session.sign-in' && row.outcome === 'refused';
  return isRefusedSignIn ? { ...row, detail: 'The name or the password was wrong.' } : row;
}

async function guardSqlite(db: Kysely<Tables>): Promise<void> {
  const refuse = sql.lit(REFUSAL);
  await sql`create trigger activity_unchanged before update on activity
    begin select raise(abort, ${refuse}); end`.execute(db);
  await sql`create trigger activity_kept before delete on activity
    when old.id > (select removed_to from activity_head)
    begin select raise(abort, ${refuse}); end`.execute(db);
}

async function guardPostgres(db: Kysely<Tables>): Promise<void> {
  const refuse = sql.lit(REFUSAL);
  await sql`create or replace function refuse_activity_change() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        if old.id <= (select removed_to from activity_head) then return old; end if;
      end if;
      raise exception ${refuse};
    end $$`.execute(db);
  await sql`create trigger activity_unchanged before update or delete on activity
    for each row execute function refuse_activity_change()`.execute(db);
  await sql`create trigger activity_not_emptied before truncate on activity
    for each statement execute function refuse_activity_change()`.execute(db);
}
