import { expect, it } from 'vitest';

import { claimParts, robotParts, tallyRows } from './rows.ts';

it('puts the most urgent first, the unknown last, and leaves out what there is none of', () =>
  expect(tallyRows({ running: 3, zonked: 1, failed: 2, stopped: 0 })).toEqual([
    { state: 'failed', count: 2 },
    { state: 'running', count: 3 },
    { state: 'zonked', count: 1 },
  ]));

it('tells claims that wait for an instance from those that start or are released', () => {
  const none = { running: 1_200, waiting: 0, starting: 0, releasing: 0 };
  expect(claimParts(none).join(' · ')).toBe('1,200 running · 0 waiting');
  expect(claimParts({ running: 1, waiting: 2, starting: 3, releasing: 4 }).join(' · ')).toBe(
    '1 running · 2 waiting · 3 starting · 4 releasing',
  );
});

it('says who holds the robots, and which can’t be had or were not read where there are any', () => {
  const all = { deployments: 9, ours: 0, free: 0, heldByOthers: 9, unavailable: 0, unknown: 0 };
  expect(robotParts(all).join(' · ')).toBe('Ours 0 · free 0 · held by others 9');
  const mixed = { deployments: 9, ours: 1, free: 2, heldByOthers: 3, unavailable: 2, unknown: 1 };
  expect(robotParts(mixed).join(' · ')).toBe(
    'Ours 1 · free 2 · held by others 3 · unavailable 2 · not read yet 1',
  );
});
