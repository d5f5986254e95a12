import type { Booking } from '@cyclorama/shared/robots.ts';
import { expect, it } from 'vitest';

import { bookingOf } from '../robots.fixture.ts';
import { dueWarnings, newsBetween } from './follow.rules.ts';

const booking = (state: Booking['state'], over: Partial<Booking> = {}): Booking =>
  bookingOf({ deploymentId: '82051afa-b331-4b82-8bd4-9eea9ad78241', type: 'misty', state, ...over });
const titles = (before: Booking[], after: Booking[]) => newsBetween(before, after).map(({ title }) => title);

it('tells of a robot that is ready, with a badge for the tab', () => {
  expect(newsBetween([booking('starting')], [booking('ready')])).toEqual([
    {
      bookingId: 'b',
      kind: 'success',
      title: 'misty 82051afa is ready',
      text: 'Its page says how to connect.',
      badge: 'Ready: misty 82051afa',
    },
  ]);
});

it('tells when the wait in the queue is over, but not of an ordinary start', () => {
  expect(titles([booking('queued')], [booking('starting')])).toEqual(['misty 82051afa is yours']);
  expect(titles([booking('requested')], [booking('starting')])).toEqual([]);
});

it('explains a failure in the server’s words', () => {
  const failure = { code: 'init-fail', message: 'The robot did not come up.' };
  expect(newsBetween([booking('starting')], [booking('failed', { failure })])[0]).toMatchObject({
    kind: 'error',
    text: 'The robot did not come up.',
  });
});

it('says nothing of what it had not seen before, or what stayed', () => {
  expect(titles([], [booking('ready')])).toEqual([]);
  expect(titles([booking('ready')], [booking('ready')])).toEqual([]);
});

it('warns once per booking and warning', () => {
  const ready = booking('ready', { endsAt: '2026-01-01T13:00:00Z' });
  const now = Date.parse('2026-01-01T12:55:00Z');
  const [due] = dueWarnings([ready], now, new Set());
  expect(due?.warning).toBe('ten-minutes');
  expect(dueWarnings([ready], now, new Set([due?.key ?? '']))).toEqual([]);
  expect(dueWarnings([ready], now + 4 * 60_000, new Set([due?.key ?? '']))).toMatchObject([
    { warning: 'two-minutes' },
  ]);
});
