import type { Booking } from '@cyclorama/shared/robots.ts';
import { expect, it } from 'vitest';

import { booking } from '../../../testing/builders/robots.ts';
import { holdersAndWaiters, knownPeople, openOf } from './team.rules.ts';

const booked = (id: string, owner: string | null, state: Booking['state'], minute: number): Booking =>
  booking({ id, owner, state, requestedAt: new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString() });
const bookings = [
  booked('a', 'ada', 'ready', 5),
  booked('b', 'bo', 'starting', 2),
  booked('c', 'ada', 'queued', 9),
  booked('d', 'cy', 'queued', 1),
  booked('e', null, 'ready', 0),
  booked('f', 'ada', 'terminated', 0),
];

it('parts who holds from who waits, each by time', () => {
  const { holding, waiting } = holdersAndWaiters(bookings);
  expect(holding.map(({ id }) => id)).toEqual(['e', 'b', 'a']);
  expect(waiting.map(({ id }) => id)).toEqual(['d', 'c']);
});

it('counts what a person has open', () => {
  expect([openOf(bookings, 'ada'), openOf(bookings, 'nobody')]).toEqual([2, 0]);
});

it('knows the others by what they booked', () => {
  expect(knownPeople(bookings, 'ada')).toEqual(['bo', 'cy']);
});
