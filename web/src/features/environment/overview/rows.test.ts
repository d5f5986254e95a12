import { expect, it } from 'vitest';

import { tallyRows } from './rows.ts';

it('puts the most urgent first, the unknown last, and leaves out what there is none of', () =>
  expect(tallyRows({ running: 3, zonked: 1, failed: 2, stopped: 0 })).toEqual([
    { state: 'failed', count: 2 },
    { state: 'running', count: 3 },
    { state: 'zonked', count: 1 },
  ]));
