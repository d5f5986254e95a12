import { expect, it } from 'vitest';

import { verdictOn } from './verdict.ts';

it.each([
  [null, 'DROP'],
  [[], 'DROP'],
  [[['127.0.0.1', 'ACCEPT']], 'ACCEPT'],
  [[['127.0.0.1/32', 'ACCEPT']], 'ACCEPT'],
  [[['0.0.0.0/0', 'REJECT']], 'REJECT'],
  [[['127.0.0.2', 'ACCEPT']], 'DROP'],
  [
    [
      ['127.0.0.0/8', 'REJECT'],
      ['127.0.0.1', 'ACCEPT'],
    ],
    'REJECT',
  ],
  [[['999.1.1.1/99', 'ACCEPT']], 'DROP'],
  [[['203.0.113.9, 10.0.0.1', 'ACCEPT']], 'DROP'],
] as const)('%j lets 127.0.0.1 meet %s', (rules, verdict) =>
  expect(verdictOn(rules, '127.0.0.1')).toBe(verdict),
);
