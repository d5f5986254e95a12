import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';

import type { CollectorTable } from './schema-collectors.ts';
import type { Database } from './schema.ts';

export type CollectorRow = Selectable<CollectorTable>;

/** `since` stays that of the first report, and a sample's time that of the newest. */
export async function saveCollector(db: Kysely<Database>, row: CollectorRow): Promise<void> {
  const { server_id: _server, kind: _kind, since: _since, sample_at, ...changing } = row;
  await db
    .insertInto('collectors')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['server_id', 'kind']).doUpdateSet({
        ...changing,
        ...(sample_at === null ? {} : { sample_at: newer(sample_at) }),
      }),
    )
    .execute();
}

/** What comes again may be older. */
function newer(at: number) {
  return sql<number>`case when collectors.sample_at > ${sql.lit(at)} then collectors.sample_at else ${sql.lit(at)} end`;
}

export async function readCollectors(db: Kysely<Database>): Promise<CollectorRow[]> {
  return db.selectFrom('collectors').selectAll().orderBy('server_id').orderBy('kind').execute();
}

export async function forgetCollectors(db: Kysely<Database>, before: number): Promise<void> {
  await db.deleteFrom('collectors').where('reported_at', '<', before).execute();
}
