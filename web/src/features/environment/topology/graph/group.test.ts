import { describe, expect, it } from 'vitest';

import { instance, smallTopology } from '../../../../testing/builders/topology.ts';
import { buildGraph } from './build.ts';
import { groupNodes, sortByName } from './group.ts';
import type { Group, GroupBy } from './group.ts';

const placeable = (nodes = smallTopology) =>
  buildGraph({ nodes }).nodes.map((node) => ({ ...node, shown: true }));
const outline = ({ id, cells, groups }: Group): unknown =>
  groups.length === 0 ? `${id}: ${cells.join(' ')}` : [`${id}: ${cells.join(' ')}`, ...groups.map(outline)];
const grouped = (by: GroupBy) => groupNodes(placeable(), by).groups.map(outline);

describe('groupNodes', () => {
  it('by container: the ways in, then services, containers and function pools, then servers by location', () => {
    expect(grouped('container')).toEqual([
      ['lane:domains: ', 'section:environment: hub env', 'section:domain: dom'],
      ['lane:entrances: ', 'vpn: vpn-1'],
      ['lane:containers: ', 'web: web-2 web-10', 'fn: fn-1'],
      ['lane:places: ', 'ams: s1', 'osa: s2'],
      'lane:robots: ',
    ]);
  });

  it('by server: servers in their locations, instances of one container side by side', () => {
    expect(grouped('server')).toEqual([
      ['lane:domains: ', 'section:environment: hub env', 'section:domain: dom'],
      'lane:entrances: ',
      ['lane:containers: ', 'section:container: fn vpn web'],
      ['lane:places: ', ['ams: ', 'ams/s1: fn-1 vpn-1 web-2'], ['osa: ', 'osa/s2: web-10']],
      'lane:robots: ',
    ]);
  });

  it('by location: containers in each location they run in', () => {
    expect(grouped('location')).toEqual([
      ['lane:domains: ', 'section:environment: hub env', 'section:domain: dom'],
      'lane:entrances: ',
      'lane:containers: ',
      [
        'lane:places: ',
        ['ams: s1', 'ams/vpn: vpn-1', 'ams/web: web-2', 'ams/fn: fn-1'],
        ['osa: s2', 'osa/web: web-10'],
      ],
      'lane:robots: ',
    ]);
  });

  it.each<GroupBy>(['container', 'server', 'location'])(
    'by %s: does not depend on the order of arrival',
    (by) => {
      expect(groupNodes(placeable().toReversed(), by)).toEqual(groupNodes(placeable(), by));
    },
  );

  it('loses no node, even one whose container and server nobody describes', () => {
    const root = groupNodes(
      placeable([instance('stray', 'gone', { serverId: 'x', locationId: 'y' })]),
      'container',
    );
    expect(root.groups.flatMap((lane) => lane.groups).map(outline)).toEqual(['section:other: stray']);
  });

  it('shows ancestors that a filter only kept as frames, never as cells', () => {
    const nodes = placeable().map((node) => ({ ...node, shown: node.id === 'web-2' }));
    const cells = (group: Group): string[] => [...group.cells, ...group.groups.flatMap(cells)];
    expect(cells(groupNodes(nodes, 'container'))).toEqual(['web-2']);
  });
});

it('sorts names as people count', () => {
  const names = ['web-10', 'Web-2', 'api'].map((name) => ({ id: name, name }));
  expect(sortByName(names).map(({ name }) => name)).toEqual(['api', 'Web-2', 'web-10']);
});
