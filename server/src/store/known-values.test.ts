import { expect, it } from 'vitest';

import { accessTokenRow } from '../testing/builders/access-tokens.ts';
import { newEntry } from '../testing/builders/activity.ts';
import { batchRow } from '../testing/builders/batches.ts';
import { bookingRow } from '../testing/builders/bookings.ts';
import { claimRow } from '../testing/builders/claims.ts';
import { taskRow } from '../testing/builders/tasks.ts';
import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import { accessTokenByPrefix, accessTokensOf } from './access-tokens.ts';
import { appendEntries } from './activity-chain.ts';
import { listActivity } from './activity.ts';
import { bookingById, bookingsHeldBetween, bookingSteps, listBookings } from './bookings.ts';
import { batchById, claimsOfBatch, listBatches } from './claim-batches.ts';
import { claimById, claimSteps, listClaims } from './claims.ts';
import { latestTask } from './tasks.ts';

/** A value a newer release may store, forced past this one's types. */
const newer = (value: string): never => value as never;
const lost = {
  state: 'lost',
  failure_code: 'unknown-state',
  failure_message:
    'Its state “paused” is unknown to this version of Cyclorama. Update Cyclorama to see and change it.',
};
const all = { state: 'all', limit: 9 } as const;

describeOnEachEngine('rows of a newer release', (bench) => {
  it('show a claim as lost, with the reason, beside the others', async () => {
    const { db } = bench.store;
    const batch = { batch_id: 'b1', batch_attempt: 0 };
    const rows = [
      claimRow({ id: 'c1', state: 'running', ...batch, batch_index: 0 }),
      claimRow({ id: 'c2', state: newer('paused'), requested_at: 1, ...batch, batch_index: 1 }),
    ];
    await db.insertInto('claims').values(rows).execute();
    await db
      .insertInto('claim_transitions')
      .values({ subject_id: 'c2', at: 1, from_state: newer('paused'), to_state: newer('x'), cause: 'c' })
      .execute();
    const expected = [
      expect.objectContaining({ id: 'c2', ...lost }),
      expect.objectContaining({ id: 'c1', state: 'running', failure_code: null }),
    ];
    expect(await listClaims(db, all)).toEqual(expected);
    expect(await claimsOfBatch(db, 'b1')).toEqual(expected.toReversed());
    expect(await claimById(db, 'c2')).toMatchObject(lost);
    expect(await claimSteps(db, 'c2')).toMatchObject([{ from_state: 'lost', to_state: 'lost', cause: 'c' }]);
  });

  it('show a booking as lost, with the reason, beside the others', async () => {
    const { db } = bench.store;
    const rows = [
      bookingRow({ id: 'b1', state: 'ready', started_at: 1 }),
      bookingRow({ id: 'b2', state: newer('paused'), started_at: 1, requested_at: 1 }),
    ];
    await db.insertInto('bookings').values(rows).execute();
    await db
      .insertInto('booking_transitions')
      .values({ subject_id: 'b2', at: 1, from_state: null, to_state: newer('paused'), cause: 'c' })
      .execute();
    const expected = [
      expect.objectContaining({ id: 'b2', ...lost }),
      expect.objectContaining({ id: 'b1', state: 'ready', failure_code: null }),
    ];
    expect(await listBookings(db, all)).toEqual(expected);
    expect(await bookingsHeldBetween(db, 0, 9)).toEqual(expect.arrayContaining(expected));
    expect(await bookingById(db, 'b2')).toMatchObject(lost);
    expect(await bookingSteps(db, 'b2')).toMatchObject([{ from_state: null, to_state: 'lost' }]);
  });

  it('show a batch as stopped, and a task’s outcome as unknown', async () => {
    const { db } = bench.store;
    await db
      .insertInto('claim_batches')
      .values(batchRow({ id: 'b1', state: newer('paused') }))
      .execute();
    expect(await listBatches(db, 9)).toMatchObject([{ id: 'b1', state: 'stopped' }]);
    expect(await batchById(db, 'b1')).toMatchObject({ state: 'stopped' });

    const tasks = [
      taskRow({ id: 't1', action: 'start', state: newer('paused'), requested_at: 1 }),
      taskRow({ id: 't2', action: newer('reboot'), state: 'done', requested_at: 2 }),
    ];
    await db.insertInto('tasks').values(tasks).execute();
    expect(await latestTask(db, 'i1')).toMatchObject({ ...lost, id: 't1', state: 'unknown' });
  });

  it('give a token of an unknown role the least, and an unknown outcome as detected', async () => {
    const { db } = bench.store;
    await db
      .insertInto('access_tokens')
      .values(accessTokenRow({ id: 't1', role: newer('auditor') }))
      .execute();
    expect(await accessTokensOf(db, 'oscar')).toMatchObject([{ id: 't1', role: 'viewer' }]);
    expect(await accessTokenByPrefix(db, 'p')).toMatchObject({ role: 'viewer' });

    await db
      .transaction()
      .execute((within) =>
        appendEntries(within, [newEntry({ action: 'x.y', outcome: newer('postponed'), way: newer('sso') })]),
      );
    expect(await listActivity(db, { limit: 9 })).toMatchObject([
      { action: 'x.y', outcome: 'detected', way: null },
    ]);
  });
});
