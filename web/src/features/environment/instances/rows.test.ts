// @vitest-environment jsdom
import { expect, it } from 'vitest';

import { indexTopology } from '../../../api/use-topology.ts';
import { inState, instance, server, topologyOf } from '../../../testing/builders/topology.ts';
import { filterInstances, instanceRows } from './rows.ts';

const topology = topologyOf([
  server('s', 'gone', { name: 'fra-1' }),
  instance('1', 'c', { name: 'api-1', serverId: 's', locationId: 'gone' }),
  instance('2', 'c', { name: 'api-2', serverId: 's', state: inState('stopped'), health: 'none' }),
]);
const rows = instanceRows(indexTopology(topology));
const ids = (search: Parameters<typeof filterInstances>[1]) =>
  filterInstances(rows, search).map((row) => row.instance.id);

it('names what an instance belongs to, by id where the name isn’t known', () =>
  expect(rows[0]).toMatchObject({ serverName: 'fra-1', locationName: 'gone', containerName: 'c' }));

it('filters by text around the instance, by state and by health', () => {
  expect(ids({})).toEqual(['1', '2']);
  expect(ids({ q: 'FRA api-2' })).toEqual(['2']);
  expect(ids({ state: ['running', 'failed'] })).toEqual(['1']);
  expect(ids({ health: ['unknown'], state: ['running'] })).toEqual([]);
});

it('makes the index of one topology once', () =>
  expect(indexTopology(topology)).toBe(indexTopology(topology)));
