import type { UpstreamStatus } from '@cyclorama/shared/common.ts';
import { expect, it } from 'vitest';

import { upstream } from '../testing/builders/common.ts';
import { remedyOf } from './upstream-remedy.rules.ts';
import { shownState, summary } from './upstream-status.rules.ts';

const inState = (state: UpstreamStatus['state'], over: Partial<UpstreamStatus> = {}) =>
  upstream({ state, ...over });
const rerobots = (state: UpstreamStatus['state'], credentials?: 'missing' | 'refused') =>
  inState(state, {
    name: 'rerobots',
    label: 'rerobots',
    ...(credentials === undefined ? {} : { credentials }),
  });
const live = inState('live');

const at = Date.parse('2026-03-26T09:15:00Z');
const connected = { state: 'live', since: at } as const;
const since = (minutes: number) => ({ failingSince: new Date(at - minutes * 60_000).toISOString() });

it('says live in one word where the page and every configured upstream are', () => {
  const expected = { state: 'live', text: 'Live', since: null };
  expect(summary(connected, [live, inState('unconfigured')])).toEqual(expected);
  expect(summary(connected, [live, rerobots('unconfigured')])).toEqual(expected);
});

it('names the one that is not live and since when', () => {
  expect(summary(connected, [live, { ...rerobots('stale'), ...since(2) }])).toEqual({
    state: 'stale',
    text: 'Delayed: rerobots',
    since: at - 120_000,
  });
  expect(summary(connected, [live, inState('unavailable')])).toEqual({
    state: 'unavailable',
    text: 'Delayed: scheduler',
    since: null,
  });
});

it('counts where there are more, is as bad as the worst and as old as the oldest', () => {
  const all = [live, inState('stale', since(1)), { ...rerobots('unavailable'), ...since(3) }];
  expect(summary(connected, [...all, inState('unconfigured')])).toEqual({
    state: 'unavailable',
    text: 'Delayed: 2 of 3 upstreams',
    since: at - 180_000,
  });
});

it('says what is wrong with the page first: nothing is known of the upstreams then', () => {
  const all = [live, inState('stale')];
  expect(summary({ state: 'offline', since: at }, all)).toEqual({
    state: 'offline',
    text: 'Offline',
    since: at,
  });
  expect(summary({ state: 'delayed', since: at }, all)).toMatchObject({
    text: 'Delayed: updates',
    since: at,
  });
  expect(summary({ state: 'connecting', since: 0 }, all)).toMatchObject({ text: 'Connecting', since: null });
  expect(summary(connected, undefined)).toMatchObject({ state: 'connecting' });
});

it('says that nothing is configured where nothing is', () => {
  expect(summary(connected, [inState('unconfigured'), rerobots('unconfigured')]).text).toBe(
    'No upstream configured',
  );
});

it('does not call it live when a token was lost or is refused, and says which', () => {
  for (const [state, credentials, text, shown] of [
    ['unconfigured', 'missing', 'rerobots: token missing', 'no-token'],
    ['stale', 'refused', 'rerobots: token refused', 'refused'],
    ['unavailable', 'refused', 'rerobots: token refused', 'refused'],
  ] as const) {
    const all = [live, rerobots(state, credentials), inState('unconfigured', { name: 'platform' })];
    expect(summary(connected, all)).toEqual({ state: shown, text, since: null });
  }
  expect(summary(connected, [inState('stale'), rerobots('unconfigured', 'missing')]).text).toBe(
    'Delayed: 2 of 2 upstreams',
  );
});

it('never takes Cycle without a token for a choice', () => {
  expect(shownState(inState('unconfigured', { name: 'cycle' }))).toBe('no-token');
});

it('knows what mends a key: a page for rerobots, the configuration for the others, nothing where the key is fine', () => {
  expect(remedyOf(rerobots('unconfigured', 'missing'))).toEqual({ page: '/robots/account' });
  expect(remedyOf(inState('stale', { credentials: 'refused' }))).toEqual({
    text: expect.stringContaining('a new access key'),
  });
  expect(remedyOf(rerobots('stale'))).toBeNull();
  expect(remedyOf(rerobots('unconfigured'))).toBeNull();
});
