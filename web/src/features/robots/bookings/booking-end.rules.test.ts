import type { Booking } from '@cyclorama/shared/robots.ts';
import { expect, it } from 'vitest';

import { bookingOf } from '../robots.fixture.ts';
import { bookingSummary, idleFor, timeWarning } from './booking-end.rules.ts';

const at = (minute: number) => Date.UTC(2026, 0, 1, 12, minute);
const iso = (minute: number) => new Date(at(minute)).toISOString();
const booking = (over: Partial<Booking>): Booking =>
  bookingOf({ state: 'ready', requestedAt: iso(0), startedAt: iso(3), endsAt: iso(33), ...over });

it('sums up how long it waited and held, and what ended it', () => {
  expect(bookingSummary(booking({}))).toBeNull();
  expect(bookingSummary(booking({ state: 'terminated', endedAt: iso(33) }))).toEqual({
    waitedMs: 180_000,
    heldMs: 1_800_000,
    endedBy: 'Its time limit.',
  });
  expect(bookingSummary(booking({ state: 'terminated', endedAt: iso(20) }))?.endedBy).toBe(
    'It was terminated.',
  );
  expect(bookingSummary(booking({ state: 'cancelled', startedAt: null, endedAt: iso(2) }))).toMatchObject({
    waitedMs: 120_000,
    heldMs: null,
  });
  const failure = { code: 'init-fail', message: 'The robot did not start.' };
  expect(bookingSummary(booking({ state: 'failed', endedAt: iso(4), failure }))?.endedBy).toBe(
    'The robot did not start.',
  );
});

it('warns at ten and at two minutes, and only while there is a robot to lose', () => {
  expect(timeWarning(booking({}), at(22))).toBeNull();
  expect(timeWarning(booking({}), at(23))).toBe('ten-minutes');
  expect(timeWarning(booking({}), at(31))).toBe('two-minutes');
  expect(timeWarning(booking({}), at(33))).toBeNull();
  expect(timeWarning(booking({ state: 'queued' }), at(31))).toBeNull();
  expect(timeWarning(booking({ endsAt: null }), at(31))).toBeNull();
});

it('asks about a booking nobody has touched for a quarter of an hour', () => {
  expect(idleFor(booking({ idleSince: iso(3) }), at(17))).toBeNull();
  expect(idleFor(booking({ idleSince: iso(3) }), at(18))).toBe(900_000);
  expect(idleFor(booking({ idleSince: null }), at(59))).toBeNull();
});
