import { expect, it } from 'vitest';

import { bookingRow } from '../testing/builders/bookings.ts';
import { claimRow } from '../testing/builders/claims.ts';
import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import {
  bookingSteps,
  endedBookingsOf,
  insertBooking,
  listBookings,
  moveBooking,
  openBookings,
  ownedUpstreamIds,
} from './bookings.ts';
import type { BookingRow } from './bookings.ts';
import {
  claimById,
  claimSteps,
  createClaimWriting,
  insertClaim,
  listClaims,
  moveClaim,
  openClaims,
} from './claims.ts';
import type { ClaimRow, ClaimWrites } from './claims.ts';
import { createGroupCommit } from './group-commit.ts';

const AT = 1_795_000_000_123;
const step = { at: AT, from_state: null, actor: 'oscar', cause: 'asked for', answer: null };

const claim = (id: string, over: Partial<ClaimRow> = {}): ClaimRow =>
  claimRow({
    id,
    container_id: 'f1',
    scheduler_address: '10.0.0.1',
    token: 'sealed',
    requested_at: AT,
    spawn_by: AT + 10_000,
    ...over,
  });
const booking = (id: string, over: Partial<BookingRow> = {}): BookingRow =>
  bookingRow({ id, vpn: 1, requested_at: AT, ...over });

describeOnEachEngine('the ledgers', (bench) => {
  const write = <T>(work: (writes: ClaimWrites) => Promise<T>): Promise<T> =>
    createGroupCommit(bench.store.commit, createClaimWriting()).run(work);

  it('store nothing of a write that fails, and all of those beside it', async () => {
    const group = createGroupCommit(bench.store.commit, createClaimWriting());
    const opening = { ...step, to_state: 'requested' as const };
    const outcomes = await Promise.allSettled(
      ['g1', 'g2', 'g2', 'g3'].map((id) =>
        group.run((writes) => insertClaim(writes, claim(id, { state: 'released' }), opening)),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    for (const id of ['g1', 'g2', 'g3']) expect(await claimSteps(bench.store.db, id)).toHaveLength(1);
    await bench.store.db.deleteFrom('claims').execute();
  });

  it('move a claim once, however many try, and keep every step', async () => {
    await write((writes) => insertClaim(writes, claim('c1'), { ...step, to_state: 'requested' }));
    const move = { ...step, from_state: 'requested', to_state: 'claimed', actor: null } as const;
    const moved = await Promise.all(
      [1, 2, 3].map(() =>
        write((writes) => moveClaim(writes, 'c1', [move], { instance_id: 'i1', claimed_at: AT + 1 })),
      ),
    );
    expect(moved.filter((row) => row !== null)).toHaveLength(1);
    expect(await claimById(bench.store.db, 'c1')).toEqual(
      claim('c1', { state: 'claimed', instance_id: 'i1', claimed_at: AT + 1 }),
    );
    const steps = await claimSteps(bench.store.db, 'c1');
    expect(steps.map(({ from_state, to_state, actor }) => [from_state, to_state, actor])).toEqual([
      [null, 'requested', 'oscar'],
      ['requested', 'claimed', null],
    ]);
  });

  it('list claims by state and container, newest first', async () => {
    await write((writes) =>
      insertClaim(writes, claim('c2', { state: 'released', requested_at: AT + 2 }), {
        ...step,
        to_state: 'released',
      }),
    );
    await write((writes) =>
      insertClaim(writes, claim('c3', { container_id: 'f2', requested_at: AT + 3 }), {
        ...step,
        to_state: 'requested',
      }),
    );
    const ids = async (query: Parameters<typeof listClaims>[1]) =>
      (await listClaims(bench.store.db, query)).map((row) => row.id);
    expect(await ids({ state: 'all', limit: 10 })).toEqual(['c3', 'c2', 'c1']);
    expect(await ids({ state: 'open', limit: 10 })).toEqual(['c3', 'c1']);
    expect(await ids({ state: 'ended', limit: 10 })).toEqual(['c2']);
    expect(await ids({ state: 'all', containerId: 'f1', limit: 1 })).toEqual(['c2']);
    expect((await openClaims(bench.store.db)).map((row) => row.id)).toEqual(['c1', 'c3']);
  });

  it('move a booking once, and know which upstream ids open ones own and ended ones had', async () => {
    await insertBooking(bench.store.db, booking('b1', { upstream_id: 'u1' }), {
      ...step,
      to_state: 'requested',
    });
    expect(await ownedUpstreamIds(bench.store.db, ['u1', 'u2'])).toEqual(new Set(['u1']));
    expect(await endedBookingsOf(bench.store.db, ['u1'])).toEqual([]);
    const move = { ...step, from_state: 'requested', to_state: 'terminated' } as const;
    const moved = await Promise.all(
      [1, 2].map(() => moveBooking(bench.store.db, 'b1', move, { upstream_id: 'u1', ended_at: AT + 5 })),
    );
    expect(moved.filter((row) => row !== null)).toHaveLength(1);
    expect(await listBookings(bench.store.db, { state: 'ended', limit: 5 })).toEqual([
      booking('b1', { state: 'terminated', upstream_id: 'u1', ended_at: AT + 5 }),
    ]);
    expect(await openBookings(bench.store.db)).toEqual([]);
    expect(await ownedUpstreamIds(bench.store.db, ['u1', 'u2'])).toEqual(new Set());
    expect(await ownedUpstreamIds(bench.store.db, [])).toEqual(new Set());
    const later = booking('b2', { state: 'lost', upstream_id: 'u1', requested_at: AT + 1 });
    await insertBooking(bench.store.db, later, { ...step, to_state: 'lost' });
    expect(await endedBookingsOf(bench.store.db, ['u1', 'u2'])).toEqual([later]);
    expect(await endedBookingsOf(bench.store.db, [])).toEqual([]);
    expect(await bookingSteps(bench.store.db, 'b1')).toHaveLength(2);
  });
});
