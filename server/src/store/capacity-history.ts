import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';

import type { CapacityTable } from './schema-life.ts';
import type { Database } from './schema.ts';

export type CapacityRow = Selectable<CapacityTable>;

/** Of two replicas that count in the same minute the first stays. */
export async function appendCapacity(db: Kysely<Database>, row: CapacityRow): Promise<void> {
  await db
    .insertInto('capacity_history')
    .values(row)
    .onConflict((conflict) => conflict.column('at').doNothing())
    .execute();
}

export async function capacitySince(db: Kysely<Database>, since: number): Promise<CapacityRow[]> {
  return db.selectFrom('capacity_history').selectAll().where('at', '>=', since).orderBy('at').execute();
}

export async function firstCapacityAt(db: Kysely<Database>): Promise<number | null> {
  const { at } = await db
    .selectFrom('capacity_history')
    .select((of) => of.fn.min('at').as('at'))
    .executeTakeFirstOrThrow();
  return at;
}

export async function pruneCapacity(db: Kysely<Database>, before: number): Promise<void> {
  await db.deleteFrom('capacity_history').where('at', '<', before).execute();
}

type MarkCounts = { bin: number; deployments: number; failures: number; recoveries: number };

/** Events that began at or after `since`, counted in bins of `stepMs` since the epoch. */
export async function countMarks(
  db: Kysely<Database>,
  { since, stepMs }: { since: number; stepMs: number },
): Promise<MarkCounts[]> {
  const bin = sql<number>`at / ${sql.lit(stepMs)}`;
  const countIf = (is: ReturnType<typeof sql>) => sql<number>`sum(case when ${is} then 1 else 0 end)`;
  const rows = await db
    .selectFrom('object_events')
    .select([
      bin.as('bin'),
      countIf(sql`kind = 'deployment' and object_kind = 'container'`).as('deployments'),
      countIf(sql`kind in ('state', 'health') and outcome = 'failed'`).as('failures'),
      countIf(sql`kind in ('state', 'health', 'restart') and outcome = 'recovered'`).as('recoveries'),
    ])
    .where('at', '>=', since)
    .groupBy(bin)
    .orderBy(bin)
    .execute();
  return rows.filter(({ deployments, failures, recoveries }) => deployments + failures + recoveries > 0);
}
