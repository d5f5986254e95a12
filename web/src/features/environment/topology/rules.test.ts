import { describe, expect, it } from 'vitest';

import { container, failed, instance, smallTopology } from '../../../testing/builders/topology.ts';
import { buildGraph } from './graph/build.ts';
import { neighboursOf } from './graph/edges.ts';
import {
  announceNode,
  changedNodes,
  describeNode,
  filterOf,
  findNodes,
  groupNeighbours,
  readList,
  stepThrough,
  writeList,
} from './rules.ts';

const graph = buildGraph({ nodes: smallTopology });

it('reads filters from the address and drops what it does not know', () => {
  const filter = filterOf({ kind: 'instance,unicorn', state: 'running,stopped', health: 'healthy' });
  expect(filter.kinds).toEqual(new Set(['instance']));
  expect(filter.states).toEqual(new Set(['running', 'stopped']));
  expect(filter.health).toEqual(new Set(['healthy']));
});

it('writes lists so that it can read them, and nothing for an empty one', () => {
  expect(readList(writeList(['a', 'b']))).toEqual(['a', 'b']);
  expect(writeList([])).toBeUndefined();
});

it('searches only when there is something to search for', () => {
  expect(findNodes(graph.nodes, '  ')).toBeNull();
  expect(findNodes(graph.nodes, ' osaka ')?.map((node) => node.id)).toEqual(['osa']);
});

describe('stepThrough', () => {
  it.each([
    [undefined, 1, 'a'],
    [undefined, -1, 'c'],
    ['a', 1, 'b'],
    ['c', 1, 'a'],
    ['a', -1, 'c'],
    ['not found', 1, 'a'],
  ] as const)('from %s by %i to %s', (current, step, expected) => {
    expect(stepThrough(['a', 'b', 'c'], current, step)).toBe(expected);
  });
  it('goes nowhere in an empty list', () => {
    expect(stepThrough([], 'a', 1)).toBeNull();
  });
});

it('names as changed what looks another way, its container too, and not what has come', () => {
  const nodes = smallTopology.map((node) => (node.id === 'vpn-1' ? instance('vpn-1', 'vpn', failed) : node));
  const after = buildGraph({ nodes: [...nodes, instance('web-11', 'web')] }, graph);
  expect(changedNodes(graph, after)).toEqual(new Set(['vpn', 'vpn-1']));
});

it('describes a node in one line', () => {
  const line = (id: string) => {
    const node = graph.byId.get(id);
    return node === undefined ? '' : describeNode(graph, node);
  };
  expect(line('fn-1')).toBe('fn-1 · instance · function pool · Stopped · on server-1');
  expect(line('ams')).toBe('Amsterdam · location');
});

it('tells a node by its name, container, state, for how long, and place', () => {
  const state = { current: 'failed', changed: '2026-03-09T23:58:00Z', error: null };
  const of = buildGraph({
    nodes: [container('api', { name: 'API' }), instance('api-c36c', 'api', { state })],
  });
  const told = (id: string, position: { at: number; of: number } | null) => {
    const node = of.byId.get(id);
    return node === undefined
      ? ''
      : announceNode(of, node, { position, now: Date.parse('2026-03-10T00:00:00Z') });
  };
  expect(told('api-c36c', { at: 3, of: 12 })).toBe('api-c36c, instance of API, failed for 2 min, 3 of 12');
  expect(told('api', null)).toBe('API, container, 1 of 1 failed');
});

it('groups neighbours by what they are to the node, the failed first', () => {
  const groups = groupNeighbours(neighboursOf(graph, 'web'));
  expect(groups.map(({ title, nodes }) => [title, nodes.map((node) => node.id)])).toEqual([
    ['Part of', ['env']],
    ['Contains', ['web-2', 'web-10']],
    ['Addresses and domains', ['dom']],
  ]);
});
