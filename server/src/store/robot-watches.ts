import type { Kysely, Selectable } from 'kysely';

import type { Database, RobotWatchTable } from './schema.ts';

export type RobotWatchRow = Selectable<RobotWatchTable>;

export async function keepWatch(db: Kysely<Database>, row: RobotWatchRow): Promise<void> {
  await db
    .insertInto('robot_watches')
    .values(row)
    .onConflict((conflict) => conflict.columns(['deployment_id', 'person']).doUpdateSet({ since: row.since }))
    .execute();
}

export async function dropWatch(db: Kysely<Database>, deploymentId: string, person: string): Promise<void> {
  await db
    .deleteFrom('robot_watches')
    .where('deployment_id', '=', deploymentId)
    .where('person', '=', person)
    .execute();
}

export async function isWatching(
  db: Kysely<Database>,
  deploymentId: string,
  person: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('robot_watches')
    .select('since')
    .where('deployment_id', '=', deploymentId)
    .where('person', '=', person)
    .executeTakeFirst();
  return row !== undefined;
}

export async function listWatches(db: Kysely<Database>): Promise<RobotWatchRow[]> {
  return db.selectFrom('robot_watches').selectAll().orderBy('since').orderBy('person').execute();
}

/** Removes and returns those of `people` who watch the deployment, each exactly once whichever process asks. */
export async function takeWatchers(
  db: Kysely<Database>,
  deploymentId: string,
  people: readonly string[],
): Promise<string[]> {
  if (people.length === 0) return [];
  const rows = await db
    .deleteFrom('robot_watches')
    .where('deployment_id', '=', deploymentId)
    .where('person', 'in', people)
    .returning('person')
    .execute();
  return rows.map((row) => row.person).toSorted();
}

export async function dropWatchesBefore(db: Kysely<Database>, before: number): Promise<void> {
  await db.deleteFrom('robot_watches').where('since', '<', before).execute();
}
