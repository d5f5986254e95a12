import type { Booking, BookingState } from '@cyclorama/shared/robots.ts';
import { describe, expect, it } from 'vitest';

import { booking } from '../../testing/builders/robots.ts';
import { bookingName } from './names.rules.ts';
import { bookingForecast, bookingSteps, queueText } from './rules.ts';

const booked = (state: BookingState, over: Partial<Booking> = {}) => booking({ state, ...over });

it('says of a queue only what is known', () => {
  expect([null, 0, 1, 3].map(queueText)).toEqual([
    'not read yet',
    'free when last read',
    'in use, none waiting',
    'in use, up to 2 waiting',
  ]);
});

it('says before booking what will happen if the robot is busy and when it ends', () => {
  const free = bookingForecast({ name: 'null', queueLength: 0, reserve: false, minutes: 30 });
  expect(free).toMatch(/free when last read/);
  expect(free).toMatch(/nothing is booked/);
  expect(free).toMatch(/30 min after its start/);
  const wait = bookingForecast({ name: 'null', queueLength: 2, reserve: true, minutes: null });
  expect(wait).toMatch(/join the queue/);
  expect(wait).toMatch(/until terminated/);
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
