import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, it } from 'vitest';

import { createRecordSignature } from '../../lib/record-signature.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import type { StoreBench } from '../../testing/engines.fixture.ts';
import { verifyChain } from '../activity-verify.ts';
import { listActivity } from '../activity.ts';
import { listBookings } from '../bookings.ts';
import { handOversOf, undismissedHandOversTo } from '../hand-overs.ts';
import { allPeople } from '../people.ts';
import { readSetting } from '../settings.ts';
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

describeOnEachEngine('a store written before 0008', (bench) => {
  it('knows who signed in or owns an access token as people of VPN accounts', async () => {
    await asReleased(bench, '0007-request-keys');
    const db = bench.store.db as unknown as Kysely<Record<'activity' | 'access_tokens' | 'settings', Row>>;
    const signIn = { action: 'session.sign-in', outcome: 'done' };
    await db
      .insertInto('activity')
      .values([
        { ...signIn, at: 5, actor: 'vera' },
        { ...signIn, at: 9, actor: 'vera' },
        { ...signIn, at: 6, actor: null, outcome: 'refused' },
      ])
      .execute();
    const token = { id: 't', name: 'ci', role: 'viewer', prefix: 'p', hash: 'h', expires_at: 99 };
    await db
      .insertInto('access_tokens')
      .values({ ...token, owner: 'oscar', created_at: 7 })
      .execute();
    await db.insertInto('settings').values({ key: 'session.revoked.x', value: '1' }).execute();

    await bench.reopen();
    const people = await allPeople(bench.store.db);
    const ofOscarAndVera = [
      { name: 'oscar', way: 'vpn', confirmed_at: 7 },
      { name: 'vera', way: 'vpn', confirmed_at: 9 },
    ].map((row) => expect.objectContaining(row) as unknown);
    expect(people).toEqual(expect.arrayContaining(ofOscarAndVera));
    expect(people).toHaveLength(2);
    expect(await readSetting(bench.store.db, 'session.revoked.x')).toBeNull();
  });
});

describeOnEachEngine('a store written before 0010', (bench) => {
  it('has its entries numbered and chained, without what was typed as a name in refused sign-ins', async () => {
    await asReleased(bench, '0007-request-keys');
    const entry = { at: 1, actor: 'ada', action: 'instance.stop', outcome: 'done', detail: null };
    const refused = { ...entry, actor: null, action: 'session.sign-in', outcome: 'refused' };
    const old = released(bench.store.db);
    await old
      .insertInto('activity')
      .values([entry, { ...refused, detail: 'Refused for hunter2.' }, { ...entry, at: 3 }])
      .execute();
    await old.deleteFrom('activity').where('actor', '=', 'ada').where('at', '=', 1).execute();

    await bench.reopen();
    const { db } = bench.store;
    expect(await listActivity(db, { limit: 9 })).toMatchObject([
      { id: 2, at: 3, actor: 'ada', action: 'instance.stop', outcome: 'done' },
      { id: 1, action: 'session.sign-in', outcome: 'refused', detail: 'The name or the password was wrong.' },
    ]);
    const signature = createRecordSignature(['s'.repeat(32)]);
    expect(await verifyChain(db, { signature })).toMatchObject({
      entries: 2,
      read: 2,
      failed: 0,
      fault: null,
    });
  });
});

describeOnEachEngine('a store written before 0014', (bench) => {
  it('knows from its record who held a booking before, and tells nobody of it again', async () => {
    await asReleased(bench, '0013-saved-views');
    const handOver = {
      action: 'booking.hand-over',
      outcome: 'done',
      subject_id: 'b1',
      previous: '',
      hash: '',
    };
    await released(bench.store.db)
      .insertInto('activity')
      .values([
        { ...handOver, id: 1, at: 10, actor: 'ada', value_before: 'nobody here', value_after: 'oscar' },
        { ...handOver, id: 2, at: 20, actor: 'oscar', value_before: 'oscar', value_after: 'vera' },
        // As an entry of before there were values.
        { ...handOver, id: 3, at: 30, actor: 'vera', value_before: null, value_after: null },
        {
          ...handOver,
          id: 4,
          at: 40,
          actor: 'ada',
          value_before: 'a',
          value_after: 'b',
          action: 'booking.end',
        },
      ])
      .execute();

    await bench.reopen();
    const { db } = bench.store;
    const kept = await handOversOf(db, ['b1']);
    expect(kept.map(({ at, from_owner: from, to_owner: to, actor }) => [at, from, to, actor])).toEqual([
      [10, null, 'oscar', 'ada'],
      [20, 'oscar', 'vera', 'oscar'],
    ]);
    expect(await undismissedHandOversTo(db, 'vera', 9)).toEqual([]);
  });
});
