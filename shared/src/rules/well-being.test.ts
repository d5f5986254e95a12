import { describe, expect, it } from 'vitest';

import {
  shownContainerSince,
  shownContainerState,
  shownSince,
  shownState,
  wellBeing,
  wellBeingOfContainer,
  worstOf,
} from './well-being.ts';
import type { ContainerFacts, InstanceFacts } from './well-being.ts';

const at = (day: number): string => `2026-01-0${day}T00:00:00Z`;
const instance = (current: string, over: Partial<InstanceFacts> = {}): InstanceFacts => ({
  state: { current },
  health: 'none',
  ready: null,
  readyState: 'active',
  isFunction: false,
  deployment: null,
  ...over,
});
const container = (current: string, over: Partial<ContainerFacts> = {}): ContainerFacts => ({
  state: { current },
  service: null,
  isFunction: false,
  isDisabled: false,
  desiredInstances: 2,
  deployment: null,
  ...over,
});
const running = instance('running');
const stopped = instance('stopped');
const unhealthy = instance('running', { health: 'unhealthy' });

describe('an instance', () => {
  it.each([
    ['new', 'changing'],
    ['starting', 'changing'],
    ['migrating', 'changing'],
    ['running', 'running'],
    ['stopping', 'changing'],
    ['stopped', 'stopped'],
    ['failed', 'failed'],
    ['deleting', 'changing'],
    ['deleted', 'stopped'],
    ['zonked', 'changing'],
  ])('that is %s at Cycle is %s', (current, expected) => expect(wellBeing(instance(current))).toBe(expected));

  it('is unhealthy or not ready only while it runs, and unhealthy before not ready', () => {
    expect(wellBeing(instance('running', { health: 'unhealthy', ready: false }))).toBe('unhealthy');
    expect(wellBeing(instance('running', { ready: false }))).toBe('not-ready');
    expect(wellBeing(instance('running', { health: 'unknown', ready: null }))).toBe('running');
    for (const current of ['stopped', 'starting', 'failed'])
      expect(wellBeing(instance(current, { health: 'unhealthy', ready: false }))).toBe(
        wellBeing(instance(current)),
      );
  });

  it('of a pool rests while it is new', () =>
    expect(wellBeing(instance('new', { isFunction: true }))).toBe('stopped'));

  it('keeps Cycle’s word while it changes', () => {
    expect(shownState(instance('migrating'))).toBe('migrating');
    expect(shownState(unhealthy)).toBe('unhealthy');
    expect(shownState(instance('new', { isFunction: true }))).toBe('stopped');
  });
});

it('the worst of parts is the first in the order, and of none running', () => {
  expect(worstOf(['running', 'not-ready', 'stopped', 'unhealthy'])).toBe('unhealthy');
  expect(worstOf([])).toBe('running');
});

describe('a container', () => {
  const of = (it: ContainerFacts, ...instances: InstanceFacts[]) => wellBeingOfContainer(it, instances);

  it('with 2 of 4 down is not running', () =>
    expect(of(container('running'), running, instance('failed'), unhealthy, running)).toEqual({
      state: 'failed',
      down: 2,
      total: 4,
      share: 0.5,
      text: '2 of 4 down',
    }));

  it('is changing until every instance that should run has the version that is deployed', () => {
    const it = container('running', { deployment: 'v3.0.0' });
    const [before, after] = ['v2.4.1', 'v3.0.0'].map((deployment) => instance('running', { deployment }));
    if (before === undefined || after === undefined) throw new Error('unreachable');
    expect(of(it, after, before)).toMatchObject({ state: 'changing', text: 'deploying v3.0.0: 1 of 2' });
    expect(of(it, after, after)).toMatchObject({ state: 'running', text: null });
    // One that is replaced is stopped for a moment; one that failed counts all the same.
    expect(of(it, after, before, instance('stopped', { deployment: 'v3.0.0' })).state).toBe('changing');
    expect(of(it, before, instance('failed', { deployment: 'v3.0.0' }))).toMatchObject({
      state: 'failed',
      text: '1 of 2 failed, deploying v3.0.0: 1 of 2',
    });
    expect(of(it, after, instance('stopped', { deployment: 'v2.4.1', readyState: 'hibernate' })).state).toBe(
      'running',
    );
    expect(of(it, running, running).state).toBe('running');
  });

  it('that the environment has switched off is stopped without instances, and as well as its parts with them', () => {
    const off = container('running', { service: 'gateway', isDisabled: true });
    expect(of(off)).toMatchObject({ state: 'stopped', share: 0, text: null });
    expect(of(off, stopped)).toMatchObject({ state: 'stopped', down: 0 });
    expect(of(off, running).state).toBe('running');
    expect(of(off, unhealthy).state).toBe('unhealthy');
  });

  it('says the word where all that is down share it', () => {
    expect(of(container('running'), running, unhealthy)).toMatchObject({
      state: 'unhealthy',
      text: '1 of 2 unhealthy',
    });
    expect(of(container('running'), running, stopped)).toMatchObject({
      state: 'not-ready',
      text: '1 of 2 stopped',
    });
  });

  it('that should run and has no instance has failed; one that wants none has not', () => {
    expect(of(container('running', { service: 'vpn' }))).toMatchObject({
      state: 'failed',
      share: 1,
      text: 'no instances',
    });
    expect(of(container('running'))).toMatchObject({ state: 'failed', share: 1 });
    expect(of(container('running', { desiredInstances: 0 }))).toMatchObject({ state: 'running', share: 0 });
    expect(of(container('stopped', { service: 'vpn' }))).toMatchObject({ state: 'stopped', text: null });
  });

  it('has failed as a service with nothing that runs; the team’s own is stopped', () => {
    expect(of(container('running', { service: 'vpn' }), stopped)).toMatchObject({
      state: 'failed',
      share: 1,
    });
    expect(of(container('running', { service: 'vpn' }), instance('starting')).state).toBe('changing');
    expect(of(container('running'), stopped, stopped)).toMatchObject({ state: 'stopped', share: 1 });
  });

  it('loses nothing by an instance that may not run', () =>
    expect(of(container('running'), running, instance('stopped', { readyState: 'hibernate' }))).toMatchObject(
      {
        state: 'running',
        down: 0,
        text: null,
      },
    ));

  it('of a function rests and starts as claims come and go', () => {
    const pool = container('function', { isFunction: true });
    expect(of(pool, stopped, instance('starting'), running)).toMatchObject({ state: 'running', down: 0 });
    expect(of(pool, stopped, instance('failed'))).toMatchObject({ state: 'failed', text: '1 of 2 failed' });
    expect(of(pool).state).toBe('running');
    expect(shownContainerState(pool, of(pool))).toBe('function');
  });

  it('that is stopped or changing says so, unless a part of it is broken', () => {
    expect(of(container('stopped'), stopped)).toMatchObject({ state: 'stopped', down: 0 });
    expect(of(container('stopped'), stopped, instance('failed')).state).toBe('failed');
    const leaving = container('deleting');
    expect(shownContainerState(leaving, of(leaving, running))).toBe('deleting');
  });
});

it('counts unhealthy and not ready from when they began, not from the start', () => {
  const state = { current: 'running', changed: '2026-01-01T00:00:00Z', error: null };
  const healthSince = '2026-01-03T00:00:00Z';
  const readySince = '2026-01-04T00:00:00Z';
  const since = (over: Partial<InstanceFacts>) =>
    shownSince({ ...instance('running', over), state, healthSince, readySince });
  expect(since({ health: 'unhealthy' })).toBe(healthSince);
  expect(since({ health: 'healthy' })).toBe(state.changed);
  expect(since({ ready: false })).toBe(readySince);
});

it('says of a container since when its worst parts are so', () => {
  const part = (current: string, day: number) => ({
    ...instance(current),
    state: { current, changed: at(day), error: null },
    healthSince: null,
    readySince: null,
  });
  const it = { ...container('running'), state: { current: 'running', changed: at(1), error: null } };
  const since = (...parts: ReturnType<typeof part>[]) =>
    shownContainerSince(it, parts, wellBeingOfContainer(it, parts));
  expect(since(part('running', 2), part('failed', 5), part('failed', 4))).toBe(at(4));
  expect(since(part('running', 2))).toBe(at(1));
  expect(since()).toBe(at(1));
});

it('is changing since a deployment replaced the first instance, not since its own state', () => {
  const part = (state: string, changed: number, deployment: string) => ({
    ...instance(state, { deployment }),
    state: { current: state, changed: at(changed), error: null },
    healthSince: null,
    readySince: null,
  });
  const it = {
    ...container('running', { deployment: 'v2' }),
    state: { current: 'running', changed: at(1), error: null },
  };
  const since = (...parts: ReturnType<typeof part>[]) =>
    shownContainerSince(it, parts, wellBeingOfContainer(it, parts));
  expect(since(part('running', 6, 'v2'), part('stopping', 7, 'v1'), part('running', 2, 'v1'))).toBe(at(6));
  expect(since(part('running', 2, 'v1')), 'none replaced yet').toBe(null);
});
