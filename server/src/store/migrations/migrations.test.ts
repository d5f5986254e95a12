import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, it } from 'vitest';

import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import type { StoreBench } from '../../testing/engines.fixture.ts';
import { listActivity } from '../activity.ts';
import { listBookings } from '../bookings.ts';
import { migrationsFor } from './index.ts';

/** Empties the store and builds the tables of the release up to `last`. */
async function asReleased({ store: { db, engine } }: StoreBench, last: string): Promise<void> {
  for (const { name } of await db.introspection.getTables({ withInternalKyselyTables: true })) {
    await db.schema.dropTable(name).execute();
  }
  const { error } = await new Migrator({ db, provider: migrationsFor(engine) }).migrateTo(last);
  expect(error).toBeUndefined();
}

type Row = Record<string, string | number | null>;
const released = (db: unknown): Kysely<Record<'bookings' | 'activity', Row>> => db as never;

describeOnEachEngine('a store written before 0004', (bench) => {
  it('keeps its requested terminations and what was detected', async () => {
    await asReleased(bench, '0003-robots-shared');
    const booking = { owner: 'oscar', type: 't', state: 'starting', reserve: 0, vpn: 0, requested_at: 1 };
    const entry = { at: 1, actor: null, action: 'instance.state' };
    const db = released(bench.store.db);
    await db
      .insertInto('bookings')
      .values([
        { ...booking, id: 'b1', termination_wished: 1 },
        { ...booking, id: 'b2', termination_wished: 0 },
      ])
      .execute();
    await db
      .insertInto('activity')
      .values([
        { ...entry, outcome: 'noticed' },
        { ...entry, outcome: 'failed' },
      ])
      .execute();

    await bench.reopen();
    const bookings = await listBookings(bench.store.db, { state: 'open', limit: 9 });
    expect(bookings.map(({ id, termination_requested: requested }) => [id, requested])).toEqual([
      ['b1', 1],
      ['b2', 0],
    ]);
    const outcomes = (await listActivity(bench.store.db, { limit: 9 })).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['failed', 'detected']);
  });
});
