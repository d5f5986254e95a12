import { describe, expect, it } from 'vitest';

import { formatBytes, formatCores, formatDuration, formatPercent, formatRate, plural } from './units.ts';

describe('units', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [1024 * 1024 - 1, '1 MiB'],
    [12.34 * 1024 ** 3, '12.3 GiB'],
    [-2048, '-2 KiB'],
  ])('writes %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('writes rates per second', () => expect(formatRate(2048)).toBe('2 KiB/s'));

  it.each([
    [0, '0 %'],
    [0.04, '< 0.1 %'],
    [12.34, '12.3 %'],
    [99.96, '100 %'],
    [250.4, '250 %'],
  ])('writes %d per cent as %s', (value, text) => expect(formatPercent(value)).toBe(text));

  it.each([
    [0, '0 cores'],
    [0.5, '< 0.01 cores'],
    [100, '1 core'],
    [150, '1.5 cores'],
  ])('writes %d per cent of one core as %s', (value, text) => expect(formatCores(value)).toBe(text));

  it.each([
    [0, '0 s'],
    [250, '250 ms'],
    [59_999, '59 s'],
    [3_725_000, '1 h 2 min'],
    [86_400_000, '1 d'],
  ])('writes %d ms as %s', (value, text) => expect(formatDuration(value)).toBe(text));

  it('shows a dash where there is no value', () => {
    for (const format of [formatBytes, formatRate, formatPercent, formatCores, formatDuration]) {
      expect([format(null), format(undefined), format(Number.NaN), format(Infinity)]).toEqual([
        '–',
        '–',
        '–',
        '–',
      ]);
    }
  });

  it('counts with a noun', () =>
    expect([plural(1, 'instance'), plural(1200, 'instance')]).toEqual(['1 instance', '1,200 instances']));
});
