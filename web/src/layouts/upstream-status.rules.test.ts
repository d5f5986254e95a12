import type { UpstreamStatus } from '@cyclorama/shared/common.ts';
import { expect, it } from 'vitest';

import { upstream } from '../testing/builders/common.ts';
import { remedyOf, shownState, summary, worstState } from './upstream-status.rules.ts';

const inState = (state: UpstreamStatus['state'], over: Partial<UpstreamStatus> = {}) =>
  upstream({ state, ...over });
const rerobots = (state: UpstreamStatus['state'], credentials?: 'missing' | 'refused') =>
  inState(state, {
    name: 'rerobots',
    label: 'rerobots',
    ...(credentials === undefined ? {} : { credentials }),
  });
const live = inState('live');

it('is as bad as the worst one that is configured', () => {
  expect(worstState([inState('live'), inState('stale'), inState('unavailable')])).toBe('unavailable');
  expect(worstState([inState('live'), inState('unconfigured')])).toBe('live');
  expect(worstState([])).toBe('unconfigured');
});

it('counts those that are not live among the configured', () => {
  expect(summary([live, inState('unconfigured')])).toBe('Upstreams live');
  expect(summary([live, inState('stale'), inState('unconfigured')])).toBe('1 of 2 upstreams not live');
  expect(summary([live, rerobots('unavailable')])).toBe('1 of 2 upstreams not live');
  expect(summary([inState('unconfigured'), rerobots('unconfigured')])).toBe('No upstream configured');
});

it('does not call it live when a token was lost or is refused, and says which', () => {
  for (const [state, credentials, words] of [
    ['unconfigured', 'missing', 'rerobots: token missing'],
    ['stale', 'refused', 'rerobots: token refused'],
    ['unavailable', 'refused', 'rerobots: token refused'],
  ] as const) {
    const all = [live, rerobots(state, credentials), inState('unconfigured', { name: 'platform' })];
    expect(summary(all)).toBe(words);
    expect(worstState(all)).toBe(credentials === 'missing' ? 'no-token' : 'refused');
  }
  expect(summary([inState('stale'), rerobots('unconfigured', 'missing')])).toBe('2 of 2 upstreams not live');
  expect(summary([live, rerobots('unconfigured')])).toBe('Upstreams live');
});

it('never takes Cycle without a token for a choice', () => {
  expect(shownState(inState('unconfigured', { name: 'cycle' }))).toBe('no-token');
});

it('knows what mends a key: a page for rerobots, the configuration for the others, nothing where the key is fine', () => {
  expect(remedyOf(rerobots('unconfigured', 'missing'))).toEqual({ page: '/robots/account' });
  expect(remedyOf(inState('stale', { credentials: 'refused' }))).toEqual({
    text: expect.stringContaining('another access key'),
  });
  expect(remedyOf(rerobots('stale'))).toBeNull();
  expect(remedyOf(rerobots('unconfigured'))).toBeNull();
});
