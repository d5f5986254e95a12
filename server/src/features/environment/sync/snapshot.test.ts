import { describe, expect, it } from 'vitest';

import { cycleContainer, cycleInstance, runningState } from '../../../testing/builders/environment.ts';
import { planFor } from './notification-plan.ts';
import { createSnapshotStore, resources } from './snapshot.ts';
import type { SnapshotChange } from './snapshot.ts';

const INSTANCE_ID = cycleInstance().id;

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
