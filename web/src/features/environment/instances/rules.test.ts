import { expect, it } from 'vitest';

import { task } from '../../../testing/builders/environment.ts';
import { inState, instance } from '../../../testing/builders/topology.ts';
import { newestTask, warningOf, whyNot } from './rules.ts';
import type { ActionContext } from './rules.ts';

const context = (state: string, change: Partial<ActionContext['instance']> = {}): ActionContext => ({
  instance: instance('i1', 'c1', { state: inState(state), ...change }),
  mayAct: true,
  task: null,
});

it.each([
  ['running', false, true],
  ['starting', false, true],
  ['stopped', true, false],
  ['failed', true, false],
  ['stopping', false, false],
  ['deleting', false, false],
  ['migrating', false, false],
])('lets one that is %s be started: %s, stopped: %s', (state, start, stop) => {
  expect(whyNot('start', context(state)) === undefined).toBe(start);
  expect(whyNot('stop', context(state)) === undefined).toBe(stop);
});

it.each(['hibernate', 'purge', 'configuring'])(
  'lets nothing be done while ready_state is %s',
  (readyState) => {
    expect(whyNot('start', context('stopped', { readyState }))).toBeDefined();
    expect(whyNot('stop', context('running', { readyState }))).toBeDefined();
  },
);

it('says why: role, pool, work under way, state', () => {
  expect(whyNot('stop', { ...context('running'), mayAct: false })).toContain('View-only access');
  expect(whyNot('stop', context('running', { isFunction: true }))).toContain('Functions');
  expect(whyNot('start', { ...context('stopped'), task: task() })).toBe('It is already being stopped.');
  expect(whyNot('start', context('running'))).toBe(
    'It is running; only an instance that is stopped or failed can be started.',
  );
});

it('lets go on after a task has ended, however it ended', () => {
  for (const state of ['done', 'failed', 'unknown'] as const) {
    expect(whyNot('stop', { ...context('running'), task: task({ state }) })).toBeUndefined();
  }
});

it('takes the newer task, and of one task the account that is further on', () => {
  const later = task({ id: 'u', requestedAt: '2026-01-02T00:00:00Z' });
  expect(newestTask(task(), later)).toBe(later);
  expect(newestTask(null, later)).toBe(later);
  expect(newestTask(task({ state: 'done' }), task({ state: 'sent' }))?.state).toBe('done');
});

it('warns before the dashboard stops itself, and only then', () => {
  expect(warningOf('stop', true)).toContain('dashboard');
  expect([warningOf('stop', false), warningOf('start', true)]).toEqual([undefined, undefined]);
});
