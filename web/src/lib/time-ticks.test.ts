import { describe, expect, it, vi } from 'vitest';

import { timeTickLabel, timeTicks } from './time-ticks.ts';

vi.hoisted(() => {
  process.env['TZ'] = 'Europe/Berlin';
});

const HOUR = 3_600_000;
const noon = Date.parse('2026-03-26T12:00:00Z');

describe('timeTicks', () => {
  it('stands at round times inside the span', () => {
    expect(timeTicks(noon + 60_000, noon + HOUR, 'utc', 6).map((at) => (at - noon) / 60_000)).toEqual([
      10, 20, 30, 40, 50, 60,
    ]);
  });

  it('never has more marks than asked for', () => {
    for (const span of [HOUR, 6 * HOUR, 24 * HOUR, 168 * HOUR]) {
      expect(timeTicks(noon, noon + span, 'utc', 7).length).toBeLessThanOrEqual(8);
    }
  });
});

describe('local marks when clocks are put back', () => {
  const labelled = (from: string, to: string) => {
    const [start, end] = [Date.parse(from), Date.parse(to)];
    return timeTicks(start, end, 'local', 6).map((at) => timeTickLabel(at, end - start, 'local'));
  };

  it('stand at local midnights, each date once', () => {
    expect(labelled('2026-10-23T12:00:00Z', '2026-10-28T12:00:00Z')).toEqual([
      '24 Oct',
      '25 Oct',
      '26 Oct',
      '27 Oct',
      '28 Oct',
    ]);
    expect(labelled('2026-03-27T12:00:00Z', '2026-03-31T12:00:00Z')).toEqual([
      '28 Mar',
      '29 Mar',
      '30 Mar',
      '31 Mar',
    ]);
  });

  it('stand at the same hours before and after, on a day of 25 hours', () => {
    expect(labelled('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toEqual([
      '25 Oct',
      '06:00',
      '12:00',
      '18:00',
      '26 Oct',
    ]);
  });
});

it('labels marks by time, by date at midnight and over days, with seconds when close', () => {
  expect(timeTickLabel(noon, HOUR, 'utc')).toBe('12:00');
  expect(timeTickLabel(noon + 12 * HOUR, 24 * HOUR, 'utc')).toBe('27 Mar');
  expect(timeTickLabel(noon, 168 * HOUR, 'utc')).toBe('26 Mar');
  expect(timeTickLabel(noon + 30_000, 120_000, 'utc')).toBe('12:00:30');
});
