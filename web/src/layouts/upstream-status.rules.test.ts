import type { UpstreamStatus } from '@cyclorama/shared/common.ts';
import { expect, it } from 'vitest';

import { remedyOf, shownState, summary, worstState } from './upstream-status.rules.ts';

const upstream = (state: UpstreamStatus['state'], over: Partial<UpstreamStatus> = {}): UpstreamStatus => ({
  name: 'scheduler',
  label: 'The function scheduler',
  state,
  asOf: null,
  failingSince: null,
  reason: null,
  budget: null,
  ...over,
});
const rerobots = (state: UpstreamStatus['state'], credentials?: 'missing' | 'refused') =>
  upstream(state, {
    name: 'rerobots',
    label: 'rerobots',
    ...(credentials === undefined ? {} : { credentials }),
  });
const live = upstream('live');

it('is as bad as the worst one that is configured', () => {
  expect(worstState([upstream('live'), upstream('stale'), upstream('unavailable')])).toBe('unavailable');
  expect(worstState([upstream('live'), upstream('unconfigured')])).toBe('live');
  expect(worstState([])).toBe('unconfigured');
});

it('counts those that are not live among the configured', () => {
  expect(summary([live, upstream('unconfigured')])).toBe('Upstreams live');
  expect(summary([live, upstream('stale'), upstream('unconfigured')])).toBe('1 of 2 upstreams not live');
  expect(summary([live, rerobots('unavailable')])).toBe('1 of 2 upstreams not live');
  expect(summary([upstream('unconfigured'), rerobots('unconfigured')])).toBe('No upstream configured');
});

it('does not call it live when a token was lost or is refused, and says which', () => {
  for (const [state, credentials, words] of [
    ['unconfigured', 'missing', 'rerobots: token missing'],
    ['stale', 'refused', 'rerobots: token refused'],
    ['unavailable', 'refused', 'rerobots: token refused'],
  ] as const) {
    const all = [live, rerobots(state, credentials), upstream('unconfigured', { name: 'platform' })];
    expect(summary(all)).toBe(words);
    expect(worstState(all)).toBe(credentials === 'missing' ? 'no-token' : 'refused');
  }
  expect(summary([upstream('stale'), rerobots('unconfigured', 'missing')])).toBe('2 of 2 upstreams not live');
  expect(summary([live, rerobots('unconfigured')])).toBe('Upstreams live');
});

it('never takes Cycle without a token for a choice', () => {
  expect(shownState(upstream('unconfigured', { name: 'cycle' }))).toBe('no-token');
});

it('knows what mends a key: a page for rerobots, the configuration for the others, nothing where the key is fine', () => {
  expect(remedyOf(rerobots('unconfigured', 'missing'))).toEqual({ page: '/robots/account' });
  expect(remedyOf(upstream('stale', { credentials: 'refused' }))).toEqual({
    text: expect.stringContaining('another access key'),
  });
  expect(remedyOf(rerobots('stale'))).toBeNull();
  expect(remedyOf(rerobots('unconfigured'))).toBeNull();
});
