import { describe, expect, it } from 'vitest';

import { formatAbsolute, formatAgo, formatElapsed, formatFromNow, formatLeft, parseTime } from './time.ts';

describe('time', () => {
  it('writes the zone beside the time', () =>
    expect(formatAbsolute('2026-03-01T14:05:09.123Z', 'utc')).toBe('2026-03-01 14:05:09 UTC'));

  it('shows a dash for what is no time and for an upstream "never"', () => {
    for (const at of [null, undefined, '', 'soon', '0001-01-01T00:00:00Z']) {
      expect(formatAbsolute(at, 'utc')).toBe('–');
      expect(parseTime(at)).toBeNull();
    }
  });

  it.each([
    [0, 'just now'],
    [-3000, 'just now'],
    [-90_000, 'in 1 min'],
    [12_000, '12 s ago'],
    [59 * 60_000, '59 min ago'],
    [25 * 3_600_000, '1 d ago'],
    [Number.NaN, '–'],
  ])('writes an age of %d ms as %s', (age, text) => expect(formatAgo(age)).toBe(text));

  it.each([
    [2000, 'for 2 s'],
    [-3000, 'for 0 s'],
    [59 * 60_000, 'for 59 min'],
    [25 * 3_600_000, 'for 1 d'],
    [Number.NaN, '–'],
  ])('writes a state that has lasted %d ms as %s', (age, text) => expect(formatElapsed(age)).toBe(text));

  it.each([
    [90_000, 'in 1 min 30 s'],
    [3000, 'in 3 s'],
    [400, 'in 1 s'],
    [0, 'just now'],
    [-12_000, '12 s ago'],
    [Number.NaN, '–'],
  ])('writes a time %d ms ahead as %s', (ahead, text) => expect(formatFromNow(ahead)).toBe(text));

  it('counts down to the end and no further', () =>
    expect([formatLeft(61_000), formatLeft(1), formatLeft(0), formatLeft(-5)]).toEqual([
      '1 min 1 s',
      '1 s',
      'ended',
      'ended',
    ]));
});
