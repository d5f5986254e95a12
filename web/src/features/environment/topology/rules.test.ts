import { describe, expect, it } from 'vitest';

import { failed, instance, smallTopology } from '../../../testing/builders/topology.ts';
import { buildGraph } from './graph/build.ts';
import { neighboursOf } from './graph/edges.ts';
import {
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

it('names as changed what looks another way, and not what has come', () => {
  const nodes = smallTopology.map((node) => (node.id === 'vpn-1' ? instance('vpn-1', 'vpn', failed) : node));
  const after = buildGraph({ nodes: [...nodes, instance('web-11', 'web')] }, graph);
  expect(changedNodes(graph, after)).toEqual(new Set(['vpn-1']));
});

it('describes a node in one line', () => {
  const line = (id: string) => {
    const node = graph.byId.get(id);
    return node === undefined ? '' : describeNode(graph, node);
  };
  expect(line('fn-1')).toBe('fn-1 · instance · function pool · Stopped · on server-1');
  expect(line('ams')).toBe('Amsterdam · location');
});

it('groups neighbours by what they are to the node, the failed first', () => {
  const groups = groupNeighbours(neighboursOf(graph, 'web'));
  expect(groups.map(({ title, nodes }) => [title, nodes.map((node) => node.id)])).toEqual([
    ['Part of', ['env']],
    ['Contains', ['web-2', 'web-10']],
    ['Addresses and domains', ['dom']],
  ]);
});
