import { describe, expect, it } from 'vitest';

import { instanceRefusal, taskRefusal } from './tasks.ts';

const target = (current: string, readyState = 'active', isFunction = false) => ({
  state: { current, changed: null, error: null },
  readyState,
  isFunction,
});

describe('instanceRefusal', () => {
  it.each(['stopped', 'failed', 'new'])('lets an instance that is %s be started', (state) => {
    expect(instanceRefusal('start', target(state))).toBeNull();
  });

  it.each([
    ['start', target('running'), 'It is running'],
    ['stop', target('stopped'), 'It is stopped'],
    ['stop', target('migrating'), 'It is migrating'],
    ['stop', target('some-new-state'), 'some-new-state'],
    ['start', target('stopped', 'hibernate'), 'hibernating'],
    ['stop', target('running', 'purge'), 'purged'],
    ['start', target('stopped', 'configuring'), 'configuring'],
    ['start', target('stopped', 'brand-new'), 'brand-new'],
    ['start', target('stopped', 'active', true), 'pool'],
  ] as const)('refuses to %s %o and says why', (action, instance, why) => {
    expect(instanceRefusal(action, instance)).toContain(why);
  });
});

type Context = Parameters<typeof taskRefusal>[1];
const context = (state: string, change: Partial<Context['instance']> = {}): Context => ({
  instance: { ...target(state), ...change },
  role: 'operator',
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
  expect(taskRefusal('start', context(state)) === null).toBe(start);
  expect(taskRefusal('stop', context(state)) === null).toBe(stop);
});

it.each(['hibernate', 'purge', 'configuring'])(
  'lets nothing be done while ready_state is %s',
  (readyState) => {
    expect(taskRefusal('start', context('stopped', { readyState }))).not.toBeNull();
    expect(taskRefusal('stop', context('running', { readyState }))).not.toBeNull();
  },
);

it('says why: role, pool, work under way, state', () => {
  expect(taskRefusal('stop', { ...context('running'), role: 'viewer' })).toContain('View-only access');
  expect(taskRefusal('stop', context('running', { isFunction: true }))).toContain('Functions');
  expect(taskRefusal('start', { ...context('stopped'), task: { state: 'sent', action: 'stop' } })).toBe(
    'It is already being stopped.',
  );
  expect(taskRefusal('start', context('running'))).toBe(
    'It is running; only an instance that is new, stopped or failed can be started.',
  );
});

it('waits for a task that may have been sent', () => {
  const task = { state: 'unanswered', action: 'stop' } as const;
  expect(taskRefusal('stop', { ...context('running'), task })).toContain('has not answered');
});

it('lets go on after a task has ended, however it ended', () => {
  for (const state of ['done', 'failed', 'refused', 'unknown'] as const) {
    expect(taskRefusal('stop', { ...context('running'), task: { state, action: 'stop' } })).toBeNull();
  }
});
