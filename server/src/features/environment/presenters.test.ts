import { describe, expect, it } from 'vitest';

import { cycleContainer, cycleInstance, runningState } from '../../testing/builders/environment.ts';
import * as convert from '../../upstream/cycle/to-domain.ts';
import * as wire from '../../upstream/cycle/wire.ts';
import { noteOnContainer, noteOnInstance } from './activity-recorder.ts';
import { presentContainerDetail, presentInstanceDetail } from './details/presenter.ts';
import { createSnapshotStore } from './sync/snapshot.ts';
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
