import { bookingState } from '@cyclorama/shared/robots.ts';
import { endedBookingStates, openBookingStates } from '@cyclorama/shared/rules/bookings.ts';
import { describe, expect, it } from 'vitest';

import type { BookingRow } from '../../../store/bookings.ts';
import { bookingRow } from '../../../testing/builders/bookings.ts';
import { reservation, robotInstance } from '../../../testing/builders/robots.ts';
import type { InstanceStatus, RobotInstance } from '../../../upstream/rerobots/client.ts';
import { advanceInstance, advanceQueued } from './advance.ts';
import type { BookingDecision } from './advance.ts';
import { matchUnanswered } from './failures/unanswered.ts';
import { endWasRequested } from './reopen.ts';
import { bookingMoves } from './rules.ts';

const row = (over: Partial<BookingRow> = {}): BookingRow =>
  bookingRow({ state: 'starting', upstream_id: 'u1', requested_at: 100_000, sent_at: 100_000, ...over });
const instance = (status: InstanceStatus, over: Partial<RobotInstance> = {}) =>
  robotInstance({ status, ...over });
const name = (decision: BookingDecision): string => (decision.kind === 'move' ? decision.to : decision.kind);
const seen = (booking: BookingRow, one: RobotInstance | null, missingForMs = 0, now = 103_000) =>
  advanceInstance(booking, { instance: one, missingForMs, now });

describe('a booking with an instance', () => {
  it('waits for its instance however long that is unknown, and keeps since when', () => {
    expect(name(seen(row(), null, 4_999))).toBe('wait');
    expect(seen(row(), null, 5_000, 105_000)).toEqual({ kind: 'learn', patch: { missing_since: 100_000 } });
    const ready = row({ state: 'ready', started_at: 101_000 });
    expect(seen(ready, null, 5_000, 900_000)).toEqual({ kind: 'learn', patch: { missing_since: 895_000 } });
    expect(name(seen(row({ missing_since: 100_000 }), null, 86_400_000, 86_500_000))).toBe('wait');
  });

  it.each([
    ['INIT', 'learn'],
    ['READY', 'ready'],
    ['INIT_FAIL', 'failed'],
    ['TERMINATING', 'terminating'],
    ['TERMINATED', 'terminated'],
    ['UNKNOWN', 'wait'],
  ] as const)('%s: %s', (status, expected) => {
    expect(name(seen(row(), instance(status)))).toBe(expected);
  });

  it('closes the window for another launch as soon as it is seen, and once', () => {
    expect(seen(row(), instance('INIT'))).toMatchObject({ patch: { started_at: 101_000 } });
    expect(seen(row(), instance('INIT', { startedAt: null }))).toMatchObject({
      patch: { started_at: 103_000 },
    });
    expect(name(seen(row({ started_at: 101_000 }), instance('INIT')))).toBe('wait');
  });

  it('tells the loser of a race from a device that refused', () => {
    const failed = instance('INIT_FAIL');
    expect(seen(row(), failed)).toMatchObject({ failure: { code: 'lost-race' } });
    expect(seen(row({ started_at: 101_000 }), failed)).toMatchObject({ failure: { code: 'init-fail' } });
    expect(seen(row(), failed, 0, 200_000)).toMatchObject({ failure: { code: 'init-fail' } });
  });

  it('says so if it was ended elsewhere, not if its limit or a person here ended it', () => {
    const ended = instance('TERMINATED', { endedAt: 190_000 });
    const outside = { failure: { code: 'ended-outside' } };
    const ready = row({ state: 'ready' });
    expect(seen(ready, ended)).toMatchObject(outside);
    expect(seen(ready, instance('TERMINATING'))).toMatchObject(outside);
    expect(seen(row({ state: 'terminating', failure_code: 'ended-outside' }), ended)).toMatchObject(outside);
    expect(seen(row({ state: 'terminating' }), ended)).not.toHaveProperty('failure');
    expect(seen(row({ state: 'ready', ends_at: 180_000 }), ended)).not.toHaveProperty('failure');
  });

  it('takes the failure of an unanswered termination off once rerobots is terminating it', () => {
    const unanswered = row({ state: 'terminating', termination_requested: 1, failure_code: 'timeout' });
    const decision = seen(unanswered, instance('TERMINATING'));
    expect(decision).toMatchObject({ kind: 'move', to: 'terminating', patch: { termination_requested: 0 } });
    expect(decision).not.toHaveProperty('failure');
    expect(name(seen(row({ state: 'terminating' }), instance('TERMINATING')))).toBe('wait');
  });

  it('carries out a requested termination as soon as it is ready', () => {
    expect(name(seen(row({ termination_requested: 1 }), instance('INIT')))).toBe('learn');
    expect(name(seen(row({ termination_requested: 1 }), instance('READY')))).toBe('terminate');
    expect(name(seen(row({ state: 'terminating', termination_requested: 1 }), instance('READY')))).toBe(
      'terminate',
    );
    expect(name(seen(row({ state: 'terminating' }), instance('READY')))).toBe('wait');
  });

  it('learns its times, and estimates the end if only a duration was requested', () => {
    expect(seen(row({ expires_in_seconds: 60 }), instance('READY'))).toMatchObject({
      patch: { started_at: 101_000, ends_at: 161_000, region: 'us:cali' },
    });
    expect(seen(row({ expires_in_seconds: 60 }), instance('READY', { expiresAt: 5 }))).toMatchObject({
      patch: { ends_at: 5 },
    });
  });
});

describe('a booking in the queue', () => {
  const queued = row({ state: 'queued' });
  const listed = { ...instance('INIT'), status: 'INIT' as const };

  it('starts under the reservation’s id, waits while it is listed, and has ended when it is nowhere', () => {
    expect(name(advanceQueued(queued, { instances: [listed], reservations: [] }, 0))).toBe('starting');
    expect(name(advanceQueued(queued, { instances: [], reservations: [reservation()] }, 0))).toBe('wait');
    expect(name(advanceQueued(queued, { instances: [], reservations: [] }, 29_999))).toBe('wait');
    expect(name(advanceQueued(queued, { instances: [], reservations: [] }, 30_000))).toBe('cancelled');
    expect(advanceQueued(queued, { instances: [], reservations: [] }, 30_000)).toMatchObject({
      failure: { code: 'queue-gone' },
    });
  });

  it('leaves the queue if requested, once that is certain', () => {
    const requested = row({ state: 'queued', termination_requested: 1 });
    expect(name(advanceQueued(requested, { instances: [], reservations: [reservation()] }, 0))).toBe(
      'cancel',
    );
    expect(name(advanceQueued(requested, { instances: [], reservations: [] }, 0))).toBe('cancelled');
    expect(name(advanceQueued(requested, { instances: [listed], reservations: [] }, 0))).toBe('starting');
  });
});

describe('an unanswered booking', () => {
  const asked = row({ state: 'requested', upstream_id: null });
  const at = (id: string, startedAt: number, deploymentId = 'd1') => ({
    ...instance('INIT'),
    id,
    startedAt,
    deploymentId,
  });
  const match = (instances: ReturnType<typeof at>[], now = 110_000, booking = asked) =>
    matchUnanswered(booking, { instances, reservations: [] }, now);

  it('owns the instance of its target that began closest to its sending, and no earlier', () => {
    const found = match([
      at('later', 109_000),
      at('earlier', 101_000),
      at('before', 69_000),
      at('other', 101_000, 'd2'),
    ]);
    expect(found).toMatchObject({ kind: 'move', to: 'starting', patch: { upstream_id: 'earlier' } });
  });

  it('matches by type if it was booked by type', () => {
    const byType = row({ ...asked, deployment_id: null });
    expect(match([at('any', 101_000, 'd9')], 110_000, byType)).toMatchObject({
      patch: { upstream_id: 'any' },
    });
  });

  it('owns nothing if it was never sent, and no place in a queue it did not request', () => {
    expect(name(match([at('any', 101_000)], 500_000, row({ ...asked, sent_at: null })))).toBe('wait');
    const lists = { instances: [], reservations: [reservation({ id: 'r', createdAt: 60_000 })] };
    expect(name(matchUnanswered(asked, lists, 110_000))).toBe('wait');
    expect(name(matchUnanswered(row({ ...asked, reserve: 1 }), lists, 110_000))).toBe('queued');
  });

  it('is lost half a minute after it was sent if nothing of it is found', () => {
    expect(name(match([], 129_999))).toBe('wait');
    expect(name(match([], 130_000))).toBe('lost');
  });
});

describe('the rules', () => {
  it('let a booking that has ended do nothing but come back', () => {
    const ended = bookingState.options.filter((state) => !openBookingStates.includes(state));
    expect(ended).toEqual(endedBookingStates);
    expect(new Set(ended.flatMap((state) => bookingMoves[state]))).toEqual(new Set(['starting', 'queued']));
    expect(bookingMoves.refused).toEqual([]);
  });

  it.each([
    [{ state: 'lost' }, false],
    [{ state: 'lost', termination_requested: 1 }, true],
    [{ state: 'terminated' }, true],
    [{ state: 'terminated', failure_code: 'ended-outside' }, false],
    [{ state: 'cancelled' }, true],
    [{ state: 'cancelled', failure_code: 'queue-gone' }, false],
    [{ state: 'failed', failure_code: 'init-fail' }, false],
  ] as const)('know whether the end of %j was requested: %s', (over, requested) => {
    expect(endWasRequested(row(over))).toBe(requested);
  });
});
