import { describe, expect, it } from 'vitest';

import { valueTicks } from './value-ticks.ts';

describe('valueTicks', () => {
  it('steps in round decimals', () => {
    expect(valueTicks(100, 'decimal')).toEqual([0, 25, 50, 75, 100]);
    expect(valueTicks(7, 'decimal')).toEqual([0, 2, 4, 6, 8]);
    expect(valueTicks(0.31, 'decimal').at(-1)).toBeCloseTo(0.4);
  });

  it('steps bytes in powers of two', () => {
    const mib = 1024 ** 2;
    expect(valueTicks(1000 * mib, 'binary')).toEqual([0, 256 * mib, 512 * mib, 768 * mib, 1024 * mib]);
  });

  it('has fewer steps where there is little room', () => {
    expect(valueTicks(71, 'decimal', 2)).toEqual([0, 50, 100]);
    expect(valueTicks(1000 * 1024 ** 2, 'binary', 2)).toEqual([0, 512 * 1024 ** 2, 1024 ** 3]);
  });

  it('has a scale where everything is zero or unknown', () => {
    expect(valueTicks(0, 'decimal')).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(valueTicks(Number.NaN, 'binary')).toEqual([0, 1]);
  });
});
