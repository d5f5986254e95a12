import { expect, it } from 'vitest';

import { smallTopology } from '../../../../testing/builders/topology.ts';
import { buildGraph } from './build.ts';
import { filterGraph, noFilter } from './filter.ts';

const graph = buildGraph({ nodes: smallTopology });
const idsOf = (filter: Partial<typeof noFilter>) => filterGraph(graph, { ...noFilter, ...filter });

it('lets everything pass without a filter', () => {
  expect(idsOf({}).nodes).toBe(graph.nodes);
  expect(idsOf({}).matches.size).toBe(smallTopology.length);
});

it('keeps what a match is part of, runs on and is located in', () => {
  const { matches, nodes } = idsOf({ states: new Set(['failed']) });
  expect(nodes.map((node) => node.id)).toEqual(['hub', 'env', 'web', 'web-2', 'ams', 's1']);
  expect(matches).toEqual(new Set(['web-2']));
});

it('joins filters by and, and the values of one by or', () => {
  const both = idsOf({ kinds: new Set(['instance']), states: new Set(['stopped', 'failed']) });
  expect(both.matches).toEqual(new Set(['web-2', 'fn-1']));
  expect(idsOf({ health: new Set(['healthy']), states: new Set(['failed']) }).matches.size).toBe(0);
});

it.each([
  ['WEB-1', ['web-10']],
  ['10.0.0.7 vpn', ['vpn-1']],
  ['lab.example', ['dom']],
  ['no such thing', []],
])('finds "%s" in names, ids and addresses', (text, expected) => {
  expect([...(idsOf({ text }).matches as Set<string>)]).toEqual(expected);
});
