import { describe, expect, it } from 'vitest';

import { bookingState } from '../robots.ts';
import type { Booking, BookingState } from '../robots.ts';
import {
  bookingRefusal,
  bookingStateRefusal,
  canStopWaiting,
  endingOf,
  holdsRobot,
  isOpenBooking,
  newBookingRefusal,
  quotaRefusal,
} from './bookings.ts';
import type { BookingAction } from './bookings.ts';

const ada = { name: 'ada', role: 'operator' } as const;
const bob = { name: 'bob', role: 'operator' } as const;
const root = { name: 'root', role: 'admin' } as const;
const booked = (state: BookingState, over: Partial<Booking> = {}) => ({
  state,
  owner: 'ada',
  terminationRequested: false,
  ...over,
});

describe('bookingRefusal', () => {
  it('allows each action in exactly the states rerobots defines it for', () => {
    const allowed = (action: BookingAction) =>
      bookingState.options.filter((state) => bookingRefusal(action, booked(state), ada) === null);
    expect(allowed('terminate')).toEqual(['starting', 'ready']);
    expect(allowed('cancel')).toEqual(['queued']);
    expect(allowed('hand-over')).toEqual(['queued', 'starting', 'ready']);
  });

  it('lets a booking that was not sent yet be taken back, and no other that is only asked for', () => {
    expect(bookingRefusal('cancel', booked('requested', { held: true }), ada)).toBeNull();
    expect(bookingRefusal('cancel', booked('requested', { held: false }), ada)).toMatch(/not answered/);
    expect(bookingRefusal('cancel', booked('requested', { held: true }), bob)).toMatch(/Only ada/);
    expect(endingOf(booked('requested', { held: true }))).toBe('cancel');
    expect(endingOf(booked('requested'))).toBe('terminate');
  });

  it('takes one request to terminate while starting, not two', () => {
    expect(bookingRefusal('terminate', booked('starting', { terminationRequested: true }), ada)).toMatch(
      /already/,
    );
  });

  it('takes a second request to terminate from the API, which changes nothing', () => {
    expect(bookingStateRefusal('terminate', booked('starting', { terminationRequested: true }))).toBeNull();
  });

  it('stops waiting only for a robot whose end is requested and that rerobots doesn’t show', () => {
    const waiting = { since: '2026-03-26T09:15:00Z', message: 'rerobots hasn’t started it yet.' };
    const givenUp = booked('starting', { terminationRequested: true, waiting });
    expect([endingOf(givenUp), bookingRefusal('cancel', givenUp, ada)]).toEqual(['cancel', null]);
    expect(bookingRefusal('cancel', givenUp, bob)).toBe('Only ada or an admin can do this.');
    expect(canStopWaiting(booked('terminating', { waiting }))).toBe(true);
    expect(endingOf(booked('starting', { waiting }))).toBe('terminate');
    expect(bookingStateRefusal('cancel', booked('starting', { terminationRequested: true }))).toMatch(
      /Terminate/,
    );
  });

  it('hands over nothing that is about to end', () => {
    const ending = booked('starting', { terminationRequested: true });
    expect(bookingStateRefusal('hand-over', ending)).toMatch(/already requested/);
    const waiting = { since: '2026-03-26T09:15:00Z', message: 'Set a token of a.' };
    expect(bookingStateRefusal('hand-over', { ...ending, waiting })).toBe(
      'Termination is already requested. Set a token of a.',
    );
  });

  it('leaves a booking to its owner and to admins, and an unclaimed one to admins', () => {
    expect(bookingRefusal('terminate', booked('ready'), bob)).toBe('Only ada or an admin can do this.');
    expect(bookingRefusal('terminate', booked('ready'), root)).toBeNull();
    expect(bookingRefusal('terminate', booked('ready', { owner: null }), bob)).toMatch(/Only an admin/);
    expect(bookingRefusal('terminate', booked('ready', { owner: null }), root)).toBeNull();
    expect(bookingRefusal('cancel', booked('queued'), { name: 'ada', role: 'viewer' })).toMatch(
      /^View-only access/,
    );
  });
});

describe('newBookingRefusal', () => {
  it('refuses what is offline or locked out, and viewers', () => {
    expect(newBookingRefusal({ online: true, lockedOut: false }, 'operator')).toBeNull();
    expect(newBookingRefusal({ online: null, lockedOut: false }, 'operator')).toBeNull();
    expect(newBookingRefusal(null, 'operator')).toBeNull();
    expect(newBookingRefusal({ online: false, lockedOut: false }, 'operator')).toMatch(/^Offline/);
    expect(newBookingRefusal({ online: true, lockedOut: true }, 'operator')).toMatch(/^Locked out/);
    expect(newBookingRefusal(null, 'viewer')).toMatch(/^View-only access/);
  });
});

it('calls open what holds a robot or waits for one', () => {
  expect(bookingState.options.filter((state) => isOpenBooking({ state }))).toEqual([
    'requested',
    'queued',
    'starting',
    'ready',
    'terminating',
  ]);
});

it('lets the owner or an admin hand over what is open, and an admin what nobody booked', () => {
  expect(bookingRefusal('hand-over', booked('ready'), ada)).toBeNull();
  expect(bookingRefusal('hand-over', { ...booked('ready'), state: 'terminated' }, ada)).toMatch(/ended/);
  expect(bookingRefusal('hand-over', booked('ready'), bob)).toBe('Only ada or an admin can do this.');
  expect(bookingRefusal('hand-over', { ...booked('ready'), owner: null }, ada)).toMatch(/Only an admin/);
  expect(bookingRefusal('hand-over', { ...booked('ready'), owner: null }, root)).toBeNull();
});

it('counts as held what has a robot or is losing it', () => {
  expect(bookingState.options.filter((state) => holdsRobot({ state }))).toEqual([
    'starting',
    'ready',
    'terminating',
  ]);
});

it('refuses a booking beyond the quota, but not an admin’s', () => {
  expect(quotaRefusal(2, 2, ada)).toMatch(/^ada has 2 of 2 bookings open/);
  expect(quotaRefusal(2, 2, { role: 'operator' })).toMatch(/^You have 2 of 2 bookings open/);
  expect(quotaRefusal(2, 3, ada)).toBeNull();
  expect(quotaRefusal(2, 1, root)).toBeNull();
  expect(quotaRefusal(2, null, ada)).toBeNull();
});
