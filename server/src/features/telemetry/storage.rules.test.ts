import { describe, expect, it } from 'vitest';

import { afterAYear, daysUntilCut, reachInTheEnd } from './storage.rules.ts';
import type { Growth } from './storage.rules.ts';

const growth = (kind: Growth['kind'], bytesPerDay: number, keptDays: number, bytes = 0): Growth => ({
  kind,
  bytes,
  bytesPerDay,
  keptDays,
});
const growths = [
  growth('samples', 100, 7),
  growth('minutes', 10, 35),
  growth('hours', 1, 400),
  growth('pictures', 2, 365),
];
// In the end 700 + 350 + 400 + 730 = 2,180.
const givesWay = [
  { kind: 'samples', leaveDays: 1 },
  { kind: 'minutes', leaveDays: 7 },
] as const;

describe('a year', () => {
  it('costs the days that are kept of it', () => {
    expect(growths.map(afterAYear)).toEqual([700, 350, 365, 730]);
  });
});

describe('the cut', () => {
  it('comes on the day on which all together are too much, or never', () => {
    expect(daysUntilCut(growths, 2_180)).toBeNull();
    // 700 + 350 + 3 × 100 = 1,350 on day 100.
    expect(daysUntilCut(growths, 1_350)).toBe(101);
    expect(daysUntilCut([growth('samples', 1, 7, 50)], 49)).toBe(0);
    expect(daysUntilCut([], 1)).toBeNull();
  });

  it('does not count on what was stored at a higher rate', () => {
    expect(daysUntilCut([growth('samples', 1, 7, 50), growth('minutes', 1, 35)], 60)).toBeNull();
  });
});

describe('the reach in the end', () => {
  const reach = (maxBytes: number, picturesMaxBytes = maxBytes) =>
    Object.fromEntries(reachInTheEnd(growths, { maxBytes, picturesMaxBytes, givesWay }));

  it('is all that is kept where there is room', () => {
    expect(reach(2_180)).toEqual({ samples: 7, minutes: 35, hours: 400, pictures: 365 });
  });

  it('is shortened in order, and leaves of each what is to be left', () => {
    expect(reach(2_000)).toMatchObject({ samples: 5.2, minutes: 35 });
    expect(reach(1_480)).toMatchObject({ samples: 1, minutes: 25 });
  });

  it('of pictures ends at their share, before anything else gives way', () => {
    expect(reach(1_950, 500)).toEqual({ samples: 7, minutes: 35, hours: 400, pictures: 250 });
  });
});
