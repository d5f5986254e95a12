import { describe, expect, it } from 'vitest';

import {
  cycleContainer,
  cycleDomain,
  cycleInstance,
  runningState,
} from '../../testing/builders/environment.ts';
import * as convert from '../../upstream/cycle/to-domain.ts';
import * as wire from '../../upstream/cycle/wire.ts';
import { noteOnContainer, noteOnInstance } from './activity-recorder.ts';
import { presentContainerDetail, presentInstanceDetail } from './details/presenter.ts';
import { findAttention as attentionOf } from './overview/attention.ts';
import { containerStates } from './overview/container-states.ts';
import { planFor } from './sync/notification-plan.ts';
import { createSnapshotStore, resources } from './sync/snapshot.ts';
import type { SnapshotChange } from './sync/snapshot.ts';
import { createNodeCache } from './topology/node-cache.ts';
import { presentInstance } from './topology/presenter.ts';

const INSTANCE_ID = cycleInstance().id;
const LIVE = { state: 'live', asOf: null, failingSince: null, reason: null } as const;

describe('presenters', () => {
  it('let no secret field of the wire through', () => {
    const store = createSnapshotStore(() => undefined);
    const { snapshot } = store;
    store.setContainers([cycleContainer()]);
    store.setInstances([cycleInstance()], 1);
    const told = JSON.stringify([
      presentContainerDetail(snapshot, 'c1', LIVE),
      presentInstanceDetail(snapshot, INSTANCE_ID, LIVE, { task: null, restarts: 0 }, null),
      convert.toVirtualMachine(
        wire.virtualMachine.parse({
          id: 'v',
          name: 'VM',
          state: runningState,
          root_password: { current: 'SECRET-root' },
        }),
      ),
      convert.toEnvironment(
        wire.environment.parse({
          id: 'e1',
          name: 'E',
          state: runningState,
          services: { scheduler: { config: { access_keys: [{ secret: 'SECRET-key' }] } } },
        }),
      ),
      convert.toIntegration(
        wire.integration.parse({ id: 'n', state: runningState, auth: { api_key: 'SECRET-api' } }),
      ),
    ]);
    expect(told).toContain('API_KEY');
    expect(told).not.toContain('SECRET-');
  });

  it('tell unset from false: no check, no answer yet, never started', () => {
    expect(cycleInstance()).toMatchObject({
      health: 'unknown',
      ready: null,
      migratingTo: 's2',
      createdAt: null,
    });
    expect(cycleInstance({ state: runningState }).health).toBe('none');
    expect(cycleInstance({ state: { ...runningState, health: { healthy: false } } }).health).toBe(
      'unhealthy',
    );
    expect(cycleContainer().startedAt).toBeNull();
    expect(cycleContainer()).toMatchObject({
      isFunction: true,
      functionLimits: { maxRuntimeSeconds: 900, maxPoolSize: null },
    });
  });

  it('let unknown states and missing parts pass', () => {
    expect(cycleInstance({ state: { current: 'levitating' } }).state).toEqual({
      current: 'levitating',
      changed: null,
      error: null,
    });
    expect(cycleContainer({ config: null, volumes: null, image: null }).ports).toEqual([]);
  });

  it.each([undefined, null, '', ' \t ', '\u200B\u202E'])(
    'fall back from the name %o to what shows',
    (name) => {
      expect(cycleContainer({ name }).name).toBe('api');
      expect(cycleContainer({ name, config: null, identifier: 'web' }).name).toBe('web');
      expect(cycleContainer({ name, config: null, identifier: name })).toMatchObject({
        name: 'c1',
        identifier: 'c1',
      });
      expect(presentInstance(cycleInstance({ hostname: name })).name).toBe(INSTANCE_ID);
      const server = convert.toServer(
        wire.server.parse({ id: 's1', hostname: name, nickname: name, state: runningState }),
      );
      expect(server).toMatchObject({ hostname: 's1', nickname: null });
      const named = { id: 'n1', name, identifier: 'net', state: runningState };
      expect(convert.toNetwork(wire.sdnNetwork.parse(named)).name).toBe('net');
      expect(convert.toVirtualMachine(wire.virtualMachine.parse(named)).name).toBe('net');
      expect(convert.toEnvironment(wire.environment.parse({ ...named, identifier: null })).name).toBe('n1');
      expect(convert.toHub(wire.hub.parse({ ...named })).name).toBe('n1');
    },
  );

  it('leave out only what can’t be read of the lists within a row', () => {
    const volumes = [{ id: 'v1' }, { id: 7 }, 'v2', { id: 'v3' }];
    expect(cycleContainer({ volumes }).volumes.map(({ id }) => id)).toEqual(['v1', 'v3']);
    const network = { public: 'enable', hostname: 'api', ports: ['80:80', null, '443:443'] };
    expect(cycleContainer({ config: { network } }).ports).toEqual(['80:80', '443:443']);
  });
});

describe('the snapshot store', () => {
  it('does not let an older full read undo what a container’s own read brought', () => {
    const changes: SnapshotChange[] = [];
    const store = createSnapshotStore((change) => changes.push(change));
    store.setInstances([cycleInstance()], 100);
    store.setContainerInstances('c1', [cycleInstance({ state: { current: 'stopped' } })], 300);
    store.setInstances([cycleInstance()], 200);
    expect(store.snapshot.instances.get(INSTANCE_ID)?.state.current).toBe('stopped');
    store.setInstances([cycleInstance()], 400);
    expect(store.snapshot.instances.get(INSTANCE_ID)?.state.current).toBe('running');
    expect(changes.filter((change) => change.part === 'instances')).toHaveLength(3);
  });

  it('keeps since when health and readiness are as they are, however often the upstream checks', () => {
    const store = createSnapshotStore((change) => void changes.push(change));
    const changes: SnapshotChange[] = [];
    const at = (healthy: boolean, updated: string) =>
      cycleInstance({
        state: { ...runningState, health: { healthy, updated }, readiness: { ready: true, updated } },
      });
    store.setInstances([at(true, '2026-01-01T00:00:00Z')], 1);
    changes.length = 0;
    store.setInstances([at(true, '2026-01-01T00:00:30Z')], 2);
    expect(changes).toEqual([]);
    store.setInstances([at(false, '2026-01-01T00:01:00Z')], 3);
    expect([...store.snapshot.instances.values()]).toMatchObject([
      { health: 'unhealthy', healthSince: '2026-01-01T00:01:00Z', readySince: '2026-01-01T00:00:00Z' },
    ]);
  });

  it('keeps one of an instance that both lists name, and drops it when both let go', () => {
    const store = createSnapshotStore(() => undefined);
    const service = {
      service: 'vpn',
      container: cycleContainer({ id: 'c2' }),
      instances: [cycleInstance({ id: 'x', container_id: 'c2' })],
    };
    store.setServices([service]);
    store.setInstances([cycleInstance({ id: 'x', container_id: 'c2' }), cycleInstance()], 1);
    expect([...store.snapshot.instances.keys()].sort()).toEqual([INSTANCE_ID, 'x'].sort());
    store.setInstances([cycleInstance()], 2);
    expect(store.snapshot.instances.has('x')).toBe(true);
    store.setServices([{ ...service, instances: [] }]);
    expect(store.snapshot.instances.has('x')).toBe(false);
    expect(store.snapshot.containers.get('c2')?.service).toBe('vpn');
  });
});

describe('the node cache', () => {
  it('names only what differs', () => {
    const cache = createNodeCache();
    const node = presentInstance(cycleInstance());
    expect(cache.setKind('instance', [node]).upsert).toHaveLength(1);
    expect(cache.setKind('instance', [{ ...node }])).toEqual({ upsert: [], remove: [] });
    expect(cache.patch([[node.id, { ...node, ready: true }]]).upsert).toHaveLength(1);
    expect(cache.setKind('instance', [])).toEqual({ upsert: [], remove: [node.id] });
    expect(cache.patch([[node.id, null]]).remove).toEqual([]);
  });
});

describe('planFor', () => {
  const heard = (topic: string, environmentIds: string[] = []) =>
    planFor({ topic, objectId: 'o', state: null, environmentIds, containerIds: [] }, 'e1');

  it.each([
    ['container.instance.state.changed', ['instances']],
    ['container.reconfigured', ['containers', 'instances']],
    ['environment.services.reconfigured', ['services', 'environment']],
    ['sdn.network.created', ['networks']],
    ['virtual-machine.state.changed', ['virtualMachines']],
    ['job.new', []],
  ])('%s leads to %j', (topic, expected) => {
    expect(heard(topic).resources).toEqual(expected);
  });

  it('reads everything, unhurried, after a topic nobody knows', () => {
    expect(heard('quantum.flux.changed')).toEqual({ resources, delayMs: 8_000 });
    expect(heard('quantum.flux.changed', ['other']).resources).toEqual([]);
    expect(heard('container.new', ['other', 'e1']).resources).toEqual(['containers', 'instances']);
  });
});

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

describe('what is detected', () => {
  it('tells changes, not first sights', () => {
    const failed = cycleInstance({ state: { current: 'failed', error: { message: 'exit 137' } } });
    expect(noteOnInstance({ before: null, after: failed })).toBeNull();
    expect(noteOnInstance({ before: failed, after: failed })).toBeNull();
    expect(noteOnInstance({ before: cycleInstance(), after: failed })?.detail).toBe(
      'The instance failed: exit 137.',
    );
    const stopped = cycleContainer({ state: { current: 'stopped' } });
    expect(noteOnContainer({ before: cycleContainer(), after: stopped })?.detail).toBe(
      'The container went from running to stopped.',
    );
  });
});
