import { expect, it } from 'vitest';

import { isGoingOn, stepState } from './rules.ts';

it.each([
  ['scheduled', true],
  ['queued', true],
  ['running', true],
  ['a state of tomorrow', true],
  ['completed', false],
  ['error', false],
  ['expired', false],
])('a job in %s goes on: %s', (state, expected) => {
  expect(isGoingOn({ state })).toBe(expected);
});

const at = '2026-03-26T09:14:51Z';
it.each([
  [{ startedAt: null, completedAt: null }, null, 'pending'],
  [{ startedAt: at, completedAt: null }, null, 'in-progress'],
  [{ startedAt: at, completedAt: null }, 'no space', 'error'],
  [{ startedAt: at, completedAt: at }, 'no space', 'completed'],
])('a step with %j of a task with the error %s is %s', (times, error, expected) => {
  expect(stepState(times, { error })).toBe(expected);
});
