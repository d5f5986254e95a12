import type { Booking } from '@cyclorama/shared/robots.ts';
import { expect, it } from 'vitest';

import { booking } from '../../../testing/builders/robots.ts';
import { dueWarnings, newsBetween } from './follow.rules.ts';

const misty = (state: Booking['state'], over: Partial<Booking> = {}): Booking =>
  booking({ type: 'misty', state, ...over });
const titles = (before: Booking[], after: Booking[]) => newsBetween(before, after).map(({ title }) => title);

it('tells of a robot that is ready, with a badge for the tab', () => {
  expect(newsBetween([misty('starting')], [misty('ready')])).toEqual([
    {
      bookingId: 'b1',
      kind: 'success',
      title: 'misty 82051afa is ready',
      text: 'Open its page to connect.',
      badge: 'Ready: misty 82051afa',
    },
  ]);
});

it('tells when the wait in the queue is over, but not of an ordinary start', () => {
  expect(titles([misty('queued')], [misty('starting')])).toEqual(['misty 82051afa is yours']);
  expect(titles([misty('requested')], [misty('starting')])).toEqual([]);
});

it('tells of a booking that had ended and whose robot is seen again', () => {
  expect(titles([misty('lost')], [misty('starting')])).toEqual(['misty 82051afa is back']);
});

it('explains a failure in the server’s words', () => {
  const failure = { code: 'init-fail', message: 'The robot did not come up.' };
  expect(newsBetween([misty('starting')], [misty('failed', { failure })])[0]).toMatchObject({
    kind: 'error',
    text: 'The robot did not come up.',
  });
});

it('says nothing of what it had not seen before, or what stayed', () => {
  expect(titles([], [misty('ready')])).toEqual([]);
  expect(titles([misty('ready')], [misty('ready')])).toEqual([]);
});

it('warns once per booking and warning', () => {
  const ready = misty('ready', { endsAt: '2026-01-01T13:00:00Z' });
  const now = Date.parse('2026-01-01T12:55:00Z');
  const [due] = dueWarnings([ready], now, new Set());
  expect(due?.warning).toBe('ten-minutes');
  expect(dueWarnings([ready], now, new Set([due?.key ?? '']))).toEqual([]);
  expect(dueWarnings([ready], now + 4 * 60_000, new Set([due?.key ?? '']))).toMatchObject([
    { warning: 'two-minutes' },
  ]);
});
