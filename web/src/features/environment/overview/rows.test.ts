import { expect, it } from 'vitest';

import { robotParts, tallyRows } from './rows.ts';

it('puts the most urgent first, the unknown last, and leaves out what there is none of', () =>
  expect(tallyRows({ running: 3, zonked: 1, failed: 2, stopped: 0 })).toEqual([
    { state: 'failed', count: 2 },
    { state: 'running', count: 3 },
    { state: 'zonked', count: 1 },
  ]));

it('says who holds the robots, and how many are not online where there are any', () => {
  const all = { deployments: 9, online: 9, free: 0, mine: 0, inUse: 0 };
  expect(robotParts(all).join(' · ')).toBe('Ours 0 · free 0 · held by others 9');
  expect(robotParts({ ...all, online: 7, free: 2, inUse: 1 }).join(' · ')).toBe(
    'Ours 1 · free 2 · held by others 4 · not online 2',
  );
});
