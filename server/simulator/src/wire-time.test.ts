import { describe, expect, it } from 'vitest';

import { parseDuration, wireTime } from './wire-time.ts';

describe('parseDuration', () => {
  it.each([
    ['15m', 900_000],
    ['72h45m2s', 261_902_000],
    ['250ms', 250],
    ['1.5s', 1_500],
    ['1w1d', 691_200_000],
  ])('reads %s', (text, expected) => expect(parseDuration(text)).toBe(expected));

  it.each(['', '15', 'm15', '5 m', '-5s', '5mo'])('refuses "%s"', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );
});

describe('wireTime', () => {
  it('writes what never happened as the zero time', () => {
    expect(wireTime(null)).toBe('0001-01-01T00:00:00Z');
    expect(wireTime(0)).toBe('1970-01-01T00:00:00.000Z');
  });
});
