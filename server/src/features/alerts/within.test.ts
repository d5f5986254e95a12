import { expect, it } from 'vitest';

import { insertAlerts } from '../../store/alerts.ts';
import type { AlertRow } from '../../store/alerts.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { recordOn } from '../../testing/record.fixture.ts';
import { instanceNode } from './alerts.fixture.ts';
import { createAlertsService } from './service.ts';

const nodes = [
  instanceNode('i1', { containerId: 'c1', serverId: 's1' }),
  instanceNode('i2', { containerId: 'c1', serverId: 's2' }),
  { kind: 'server', id: 's1', name: 's1', locationId: 'l1', provider: null, isOwn: true, state: null },
  { kind: 'environment', id: 'e1', name: 'e1' },
] as const;

const row = (id: string, over: Partial<AlertRow>): AlertRow => ({
  id,
  rule_id: `r-${id}`,
  rule_name: 'Unhealthy',
  severity: 'warning',
  object_kind: 'instance',
  object_id: 'i1',
  object_name: 'api-1',
  container_id: 'c1',
  state: 'resolved',
  detail: 'unhealthy',
  since: 0,
  fired_at: 100,
  resolved_at: 200,
  resolved_because: 'It is so no longer.',
  acknowledged_by: null,
  acknowledged_at: null,
  acknowledged_note: null,
  told_at: null,
  over_told_at: null,
  ...over,
});

describeOnEachEngine('alerts within a time', (bench) => {
  const within = async (of: string, from: number, to: number): Promise<string[]> => {
    const { store } = bench;
    const clock = { now: () => 1_000 };
    const { recorder } = recordOn({ store, clock, logger: console as never });
    const deps = { ...recorder, db: store.db, clock, hub: { publish: () => undefined } as never };
    const service = createAlertsService({ ...deps, nodes: () => nodes as never });
    return (await service.within({ of, from, to })).alerts.map(({ id }) => id);
  };

  it('are those of the object and of what is in it, that fired at any moment of it', async () => {
    await insertAlerts(bench.store.db, [
      row('over', {}),
      row('open', { state: 'firing', fired_at: 300, resolved_at: null, resolved_because: null }),
      row('pending', { state: 'pending', fired_at: null, resolved_at: null, resolved_because: null }),
      row('other', { object_id: 'i2', fired_at: 110 }),
      row('container', { object_kind: 'container', object_id: 'c1', container_id: null, fired_at: 120 }),
      row('server', { object_kind: 'server', object_id: 's1', container_id: null, fired_at: 130 }),
      row('robot', { object_kind: 'deployment', object_id: 'd1', container_id: null, fired_at: 140 }),
    ]);
    expect(await within('i1', 0, 1_000)).toEqual(['open', 'over']);
    expect(await within('c1', 0, 1_000)).toEqual(['open', 'container', 'other', 'over']);
    expect(await within('s1', 0, 1_000)).toEqual(['open', 'server', 'over']);
    expect(await within('e1', 0, 1_000)).toEqual(['open', 'server', 'container', 'other', 'over']);
    expect(await within('i1', 150, 250)).toEqual(['over']);
    expect(await within('i1', 201, 299)).toEqual([]);
    expect(await within('i1', 400, 500)).toEqual(['open']);
    await expect(within('i1', 5, 5)).rejects.toThrow('query.to: expected a time after query.from.');
  });
});
