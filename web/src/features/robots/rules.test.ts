import type { Booking, BookingState } from '@cyclorama/shared/robots.ts';
import { bookingState } from '@cyclorama/shared/robots.ts';
import { describe, expect, it } from 'vitest';

import { booking } from '../../testing/builders/robots.ts';
import {
  bookingForecast,
  bookingName,
  bookingRefusal,
  bookingSteps,
  endingOf,
  isOpen,
  newBookingRefusal,
  queueWords,
} from './rules.ts';

const ada = { name: 'ada', role: 'operator' } as const;
const bob = { name: 'bob', role: 'operator' } as const;
const root = { name: 'root', role: 'admin' } as const;
const booked = (state: BookingState, over: Partial<Booking> = {}) => booking({ state, ...over });

describe('bookingRefusal', () => {
  it('allows each action in exactly the states rerobots defines it for', () => {
    const allowed = (action: 'terminate' | 'cancel') =>
      bookingState.options.filter((state) => bookingRefusal(action, booked(state), ada) === null);
    expect(allowed('terminate')).toEqual(['starting', 'ready']);
    expect(allowed('cancel')).toEqual(['queued']);
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

  it('leaves a booking to its owner and to admins, and an unclaimed one to admins', () => {
    expect(bookingRefusal('terminate', booked('ready'), bob)).toBe(
      'Only ada or an admin can terminate this booking',
    );
    expect(bookingRefusal('terminate', booked('ready'), root)).toBeNull();
    expect(bookingRefusal('terminate', booked('ready', { owner: null }), bob)).toMatch(/only an admin/);
    expect(bookingRefusal('terminate', booked('ready', { owner: null }), root)).toBeNull();
    expect(bookingRefusal('cancel', booked('queued'), { name: 'ada', role: 'viewer' })).toMatch(
      /operator role/,
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
    expect(newBookingRefusal(null, 'viewer')).toMatch(/operator role/);
  });
});

it('calls open what holds a robot or waits for one', () => {
  expect(bookingState.options.filter((state) => isOpen({ state }))).toEqual([
    'requested',
    'queued',
    'starting',
    'ready',
    'terminating',
  ]);
});

it('says of a queue only what is known', () => {
  expect([null, 0, 1, 3].map(queueWords)).toEqual([
    'not read yet',
    'free when last read',
    'in use, nobody waits',
    'in use, up to 2 waiting',
  ]);
});

it('says before booking what will happen if the robot is busy and when it ends', () => {
  const free = bookingForecast({ name: 'null', queueLength: 0, reserve: false, minutes: 30 });
  expect(free).toMatch(/was free when last read/);
  expect(free).toMatch(/nothing is booked/);
  expect(free).toMatch(/30 min after it started/);
  const wait = bookingForecast({ name: 'null', queueLength: 2, reserve: true, minutes: null });
  expect(wait).toMatch(/wait in the queue/);
  expect(wait).toMatch(/until somebody terminates it/);
});

describe('bookingSteps', () => {
  const words = (state: BookingState, over: Partial<Booking> = {}) =>
    bookingSteps(booked(state, over)).map((step) => `${step.name} ${step.status}`);

  it('shows the queue only to those who wait in it', () => {
    expect(words('queued')).toEqual([
      'Requested done',
      'Queued current',
      'Starting todo',
      'Ready todo',
      'Ended todo',
    ]);
    expect(words('ready')).toEqual(['Requested done', 'Starting done', 'Ready current', 'Ended todo']);
  });

  it('puts a failure where it happened', () => {
    expect(words('refused')[0]).toBe('Requested failed');
    expect(words('failed')).toEqual(['Requested done', 'Starting failed', 'Ready todo', 'Ended todo']);
    expect(words('lost', { startedAt: '2026-03-26T09:15:00Z' })[2]).toBe('Ready failed');
  });

  it('ends with every step done, leaving out what never happened', () => {
    expect(words('terminated')).toEqual(['Requested done', 'Starting done', 'Ready done', 'Ended done']);
    expect(words('cancelled')).toEqual(['Requested done', 'Ended done']);
    expect(words('terminating')[3]).toBe('Ended current');
  });
});

it('names a booking by its robot, or by its type where any will do', () => {
  expect(bookingName({ type: 'fixed_misty2', deploymentId: '82051afa-b331-4b82-8bd4-9eea9ad78241' })).toBe(
    'fixed_misty2 82051afa',
  );
  expect(bookingName({ type: 'fixed_misty2', deploymentId: null })).toBe('fixed_misty2');
});
