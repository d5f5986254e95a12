import { describe, expect, it } from 'vitest';

import { dataSizeBytes, durationSeconds, lifecycleTime } from './units.ts';

describe('durationSeconds', () => {
  it.each([
    ['72h45m2s', 72 * 3_600 + 45 * 60 + 2],
    ['15m', 900],
    ['1.5s', 1.5],
    ['250ms', 0.25],
    ['10us', 1e-5],
    ['10µs', 1e-5],
    ['500ns', 5e-7],
    ['2d', 172_800],
    ['1w', 604_800],
    ['1y2w', 365 * 86_400 + 14 * 86_400],
  ])('%s is %d s', (text, seconds) => {
    expect(durationSeconds(text)).toBeCloseTo(seconds, 10);
  });

  it.each([null, undefined, '', '10', 'm', '10 m', '5mo', '-3s', '1h x'])('%s is not a duration', (text) => {
    expect(durationSeconds(text)).toBeNull();
  });
});

describe('dataSizeBytes', () => {
  it.each([
    ['512M', 512 * 1024 ** 2],
    ['10GB', 10 * 1024 ** 3],
    ['1g', 1024 ** 3],
    ['7b', 7],
    ['3kb', 3 * 1024],
    ['2T', 2 * 1024 ** 4],
    ['1P', 1024 ** 5],
  ])('%s is %d bytes', (text, bytes) => {
    expect(dataSizeBytes(text)).toBe(bytes);
  });

  it.each([null, undefined, '', '512', 'M', '1.5G', '5X'])('%s is not a size', (text) => {
    expect(dataSizeBytes(text)).toBeNull();
  });
});

describe('lifecycleTime', () => {
  it('reads the zero time and nonsense as never', () => {
    expect(lifecycleTime('0001-01-01T00:00:00Z')).toBeNull();
    expect(lifecycleTime('soon')).toBeNull();
    expect(lifecycleTime(null)).toBeNull();
  });

  it('keeps a real time as it is', () => {
    expect(lifecycleTime('2026-03-26T09:15:00.123456789Z')).toBe('2026-03-26T09:15:00.123456789Z');
  });
});
