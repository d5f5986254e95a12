import { expect, it } from 'vitest';

import { instance, smallTopology } from '../../../../testing/builders/topology.ts';
import { buildGraph } from './build.ts';
import { edgesFrom, neighboursOf } from './edges.ts';

it('reads edges from foreign keys', () => {
  expect(edgesFrom(instance('i', 'web', { migratingTo: 's2' }))).toEqual([
    { from: 'i', to: 'web', relation: 'part of' },
    { from: 'i', to: 's1', relation: 'runs on' },
    { from: 'i', to: 's2', relation: 'migrates to' },
  ]);
});

it('finds neighbours in both directions and leaves out ids nobody describes', () => {
  const graph = buildGraph({ nodes: [...smallTopology, instance('lost', 'gone', { serverId: 'gone' })] });
  const named = neighboursOf(graph, 'web').map(({ node, relation, outgoing }) => [
    node.id,
    relation,
    outgoing,
  ]);
  expect(named).toEqual([
    ['env', 'part of', true],
    ['web-10', 'part of', false],
    ['web-2', 'part of', false],
    ['dom', 'leads to', false],
  ]);
  expect(neighboursOf(graph, 'lost')).toEqual([]);
});
