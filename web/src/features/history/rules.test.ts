import { expect, it } from 'vitest';

import { gapsIn, lastHour, minuteOfEvent, playStep, recordedMinute, windowFor } from './rules.ts';

const minute = (count: number): number => count * 60_000;
const spans = [
  { from: minute(10), until: minute(20) },
  { from: minute(30), until: minute(40) },
];

it('finds the recorded minute, and over a gap the next one', () => {
  expect(recordedMinute(spans, minute(15) + 1, 1)).toBe(minute(15));
  expect(recordedMinute(spans, minute(25), 1)).toBe(minute(30));
  expect(recordedMinute(spans, minute(25), -1)).toBe(minute(20));
  expect(recordedMinute(spans, minute(41), 1)).toBeNull();
  expect(recordedMinute(spans, minute(9), -1)).toBeNull();
});

it('compares the last hour by default, or what of it is on record', () => {
  const now = minute(200) + 5_000;
  const since = (from: number) => [{ from: minute(from), until: minute(200) }];
  expect(lastHour(since(0), now)).toEqual({ before: minute(139), after: minute(199) });
  expect(lastHour(since(190), now)).toEqual({ before: minute(190), after: minute(199) });
  expect(lastHour(since(200), now)).toBeNull();
  expect(lastHour([], now)).toBeNull();
});

it('goes to the first picture that shows an event', () => {
  const times = [minute(12) + 5_000, minute(18), minute(12) + 40_000];
  expect(minuteOfEvent(times, minute(12), 1)).toBe(minute(13));
  expect(minuteOfEvent(times, minute(13), 1)).toBe(minute(19));
  expect(minuteOfEvent(times, minute(19), 1)).toBeNull();
  expect(minuteOfEvent(times, minute(19), -1)).toBe(minute(13));
  expect(minuteOfEvent(times, minute(13), -1)).toBeNull();
});

it('names the times of a window in which nothing was recorded', () => {
  expect(gapsIn(spans, minute(5), minute(50))).toEqual([
    { from: minute(5), until: minute(10) },
    { from: minute(20), until: minute(30) },
    { from: minute(40), until: minute(50) },
  ]);
  expect(gapsIn(spans, minute(12), minute(20))).toEqual([]);
  expect(gapsIn([], minute(1), minute(9))).toEqual([{ from: minute(1), until: minute(9) }]);
});

it('takes the shortest window that holds the minute, and plays each in about two hundred steps', () => {
  expect(
    [minute(30), minute(90), minute(2_000), minute(20_000), minute(90_000)].map((ago) => windowFor(-ago, 0)),
  ).toEqual(['hour', 'day', 'week', 'month', 'month']);
  expect([playStep('hour'), playStep('day'), playStep('month')]).toEqual([minute(1), minute(7), minute(216)]);
});
