import type { NodeOf, Topology } from '@cyclorama/shared/topology.ts';
import { expect, it } from 'vitest';

import { indexTopology } from '../../../api/use-topology.ts';
import { filterInstances, instanceRows } from './rows.ts';

const instance = (id: string, current: string, health: NodeOf<'instance'>['health']): NodeOf<'instance'> => ({
  kind: 'instance',
  id,
  name: `api-${id}`,
  containerId: 'c',
  serverId: 's',
  locationId: 'gone',
  hostname: 'host',
  state: { current, changed: null, error: null },
  health,
  ready: null,
  readyState: 'active',
  privateIp: null,
  service: null,
  isFunction: false,
  deployment: null,
  migratingTo: null,
  startedAt: null,
});
const topology: Topology = {
  epoch: 'p',
  revision: 1,
  freshness: { state: 'live', asOf: null, failingSince: null, reason: null },
  nodes: [
    { kind: 'server', id: 's', name: 'fra-1', locationId: 'gone', provider: null, isOwn: true, state: null },
    instance('1', 'running', 'healthy'),
    instance('2', 'stopped', 'none'),
  ],
};
const rows = instanceRows(indexTopology(topology));
const ids = (search: Parameters<typeof filterInstances>[1]) =>
  filterInstances(rows, search).map((row) => row.instance.id);

it('names what an instance belongs to, by id where the name isn’t known', () =>
  expect(rows[0]).toMatchObject({ serverName: 'fra-1', locationName: 'gone', containerName: 'c' }));

it('filters by text around the instance, by state and by health', () => {
  expect(ids({})).toEqual(['1', '2']);
  expect(ids({ q: 'FRA api-2' })).toEqual(['2']);
  expect(ids({ state: ['running', 'failed'] })).toEqual(['1']);
  expect(ids({ health: ['none'], state: ['running'] })).toEqual([]);
});

it('makes the index of one topology once', () =>
  expect(indexTopology(topology)).toBe(indexTopology(topology)));
