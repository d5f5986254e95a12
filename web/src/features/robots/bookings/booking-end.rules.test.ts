import type { Booking } from '@cyclorama/shared/robots.ts';
import { expect, it } from 'vitest';

import { booking } from '../../../testing/builders/robots.ts';
import { bookingSummary, idleFor, timeWarning } from './booking-end.rules.ts';

const at = (minute: number) => Date.UTC(2026, 0, 1, 12, minute);
const iso = (minute: number) => new Date(at(minute)).toISOString();
const held = (over: Partial<Booking> = {}): Booking =>
  booking({ state: 'ready', requestedAt: iso(0), startedAt: iso(3), endsAt: iso(33), ...over });

it('sums up how long it waited and held, and what ended it', () => {
  expect(bookingSummary(held())).toBeNull();
  expect(bookingSummary(held({ state: 'terminated', endedAt: iso(33) }))).toEqual({
    waitedMs: 180_000,
    heldMs: 1_800_000,
    endedBy: 'Time limit',
  });
  expect(bookingSummary(held({ state: 'terminated', endedAt: iso(20) }))?.endedBy).toBe('Termination');
  expect(bookingSummary(held({ state: 'cancelled', startedAt: null, endedAt: iso(2) }))).toMatchObject({
    waitedMs: 120_000,
    heldMs: null,
  });
  const endedBy = (over: Partial<Booking>) => bookingSummary(held({ endedAt: iso(20), ...over }))?.endedBy;
  expect(endedBy({ state: 'terminated', endedAt: iso(32) })).toBe('Termination');
  expect(endedBy({ state: 'terminated', endedAt: iso(40) })).toBe('Time limit');
  // The page shows the failure itself once, beside this.
  const failure = { code: 'init-fail', message: 'The robot did not start.' };
  expect(endedBy({ state: 'failed', failure })).toBe('Failed start');
  expect(endedBy({ state: 'refused', failure })).toBe('Refusal');
  expect(endedBy({ state: 'terminated', failure })).toBe('Termination at rerobots, not here');
  expect(endedBy({ state: 'cancelled', failure })).toBe('Cancellation at rerobots, not here');
});

it('warns at ten and at two minutes, and only while there is a robot to lose', () => {
  expect(timeWarning(held(), at(22))).toBeNull();
  expect(timeWarning(held(), at(23))).toBe('ten-minutes');
  expect(timeWarning(held(), at(31))).toBe('two-minutes');
  expect(timeWarning(held(), at(33))).toBeNull();
  expect(timeWarning(held({ state: 'queued' }), at(31))).toBeNull();
  expect(timeWarning(held({ endsAt: null }), at(31))).toBeNull();
});

it('asks about a booking nobody has touched for a quarter of an hour', () => {
  expect(idleFor(held({ idleSince: iso(3) }), at(17))).toBeNull();
  expect(idleFor(held({ idleSince: iso(3) }), at(18))).toBe(900_000);
  expect(idleFor(held({ idleSince: null }), at(59))).toBeNull();
});
