import { describe, expect, it } from 'vitest';

import {
  cycleContainer,
  cycleDomain,
  cycleInstance,
  runningState,
} from '../../../testing/builders/environment.ts';
import * as convert from '../../../upstream/cycle/to-domain.ts';
import * as wire from '../../../upstream/cycle/wire.ts';
import { createSnapshotStore } from '../sync/snapshot.ts';
import { findAttention as attentionOf } from './attention.ts';
import { containerStates } from './container-states.ts';

const findAttention = (snapshot: Parameters<typeof attentionOf>[0], now: number) =>
  attentionOf(snapshot, { states: containerStates(snapshot), now, isOwn: () => false }).map(
    ({ attention }) => attention,
  );

describe('findAttention', () => {
  it('tells the instances of one container together and the danger first', () => {
    const store = createSnapshotStore(() => undefined);
    const now = Date.parse('2026-11-21T10:00:00Z');
    store.setContainers([cycleContainer(), cycleContainer({ id: 'c2', name: 'Web' })]);
    const sick = { ...runningState, health: { healthy: false, updated: '2026-11-21T09:30:00Z' } };
    store.setInstances(
      [
        cycleInstance({ id: 'a', state: sick }),
        cycleInstance({ id: 'b', state: sick }),
        cycleInstance({ id: 'c' }),
        cycleInstance({
          id: 'd',
          container_id: 'c2',
          state: { current: 'starting', changed: '2026-11-21T09:00:00Z' },
        }),
      ],
      1,
    );
    store.set('domains', [cycleDomain()]);
    const found = findAttention(store.snapshot, now);
    expect(found.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
      'container: 2 of 3 unhealthy',
      'domain: its certificate has 2 days left',
      'container: 1 of 1 stuck while changing state',
    ]);
    expect(found[0]?.since).toBe('2026-11-21T09:30:00Z');
    expect(found[0]?.parts.map(({ id, state }) => `${id} ${state}`)).toEqual(['a unhealthy', 'b unhealthy']);
  });

  it('leaves out what has not been ready for a moment only, however long it runs', () => {
    const store = createSnapshotStore(() => undefined);
    store.setContainers([cycleContainer()]);
    const readiness = { ready: false, updated: '2026-11-21T09:59:00Z' };
    const state = { current: 'running', changed: '2026-11-20T09:00:00Z', readiness };
    store.setInstances([cycleInstance({ id: 'a', state })], 1);
    const at = (time: string) => findAttention(store.snapshot, Date.parse(time));
    expect(at('2026-11-21T10:00:00Z')).toEqual([]);
    expect(at('2026-11-21T10:15:00Z')).toMatchObject([{ id: 'c1', since: '2026-11-21T09:59:00Z' }]);
  });

  it('puts the larger share first: 1 of 1 before 1 of 3', () => {
    const store = createSnapshotStore(() => undefined);
    store.setContainers([cycleContainer(), cycleContainer({ id: 'c2', name: 'Web' })]);
    const failed = { current: 'failed', changed: '2026-11-21T09:00:00Z' };
    const later = { ...failed, changed: '2026-11-21T09:30:00Z', error: { message: 'exit 137' } };
    store.setInstances(
      [
        cycleInstance({ id: 'a', state: failed }),
        cycleInstance({ id: 'b' }),
        cycleInstance({ id: 'c' }),
        cycleInstance({ id: 'd', container_id: 'c2', state: later }),
      ],
      1,
    );
    const found = findAttention(store.snapshot, 0);
    expect(found.map(({ name, what }) => `${name}: ${what}`)).toEqual([
      'Web: 1 of 1 failed',
      'API: 1 of 3 failed',
    ]);
    expect(found[0]?.parts).toMatchObject([{ error: 'exit 137' }]);
  });
});

describe('services in need', () => {
  it('tells a service without a running instance, unless it is switched off', () => {
    const store = createSnapshotStore(() => undefined);
    const environment = (enable: boolean) =>
      convert.toEnvironment(
        wire.environment.parse({
          id: 'e1',
          name: 'E',
          state: runningState,
          services: { vpn: { enable }, gateway: null },
        }),
      );
    store.setServices([
      {
        service: 'vpn',
        container: cycleContainer({ id: 'c2', name: 'VPN', image: { service: 'vpn' } }),
        instances: [],
      },
    ]);
    store.set('environment', environment(true));
    expect(findAttention(store.snapshot, 0).map(({ what }) => what)).toEqual([
      'the vpn service has no running instance',
    ]);
    store.set('environment', environment(false));
    expect(findAttention(store.snapshot, 0)).toEqual([]);
  });
});
