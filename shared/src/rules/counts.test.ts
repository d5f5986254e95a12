import { expect, it } from 'vitest';

import { countInstances, countParts, wellBeingOfMachine } from './counts.ts';

it('counts each part once, worst first, and leaves out what there is none of', () => {
  const { total, byState } = countParts(['running', 'failed', 'running', 'changing']);
  expect(total).toBe(4);
  expect(Object.entries(byState)).toEqual([
    ['failed', 1],
    ['changing', 1],
    ['running', 2],
  ]);
});

it('counts an unhealthy instance not as running too', () => {
  const state = { current: 'running' };
  const facts = { ready: null, readyState: 'active', isFunction: false, deployment: null, state };
  const counts = countInstances([
    { ...facts, health: 'unhealthy' },
    { ...facts, health: 'healthy' },
  ]);
  expect(counts).toEqual({ total: 2, byState: { unhealthy: 1, running: 1 } });
});

it.each([
  ['running', null, 'running'],
  ['stopped', null, 'stopped'],
  ['configuring', null, 'changing'],
  ['running', 'no disk', 'failed'],
] as const)('a virtual machine that is %s with the error %s is %s', (current, error, expected) =>
  expect(wellBeingOfMachine({ state: { current, error } })).toBe(expected),
);
