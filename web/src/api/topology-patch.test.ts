import type { TopologyPatch } from '@cyclorama/shared/topology.ts';
import { expect, it } from 'vitest';

import { live } from '../testing/builders/common.ts';
import { location, topologyOf } from '../testing/builders/topology.ts';
import { applyTopologyPatch } from './topology-patch.ts';

const topology = topologyOf([location('a'), location('b'), location('c')], { epoch: 'p', revision: 4 });
const patch = (change: Partial<TopologyPatch>): TopologyPatch => ({
  epoch: 'p',
  from: 4,
  revision: 5,
  freshness: live,
  upsert: [],
  remove: [],
  ...change,
});

it('changes, adds and removes, and leaves the others the same objects in their places', () => {
  const next = applyTopologyPatch(
    topology,
    patch({ upsert: [location('d'), location('b', 'B')], remove: ['a'] }),
  );
  if (typeof next === 'string') throw new Error(next);
  expect(next.nodes.map(({ id, name }) => `${id} ${name}`)).toEqual(['b B', 'c c', 'd d']);
  expect(next.nodes[1]).toBe(topology.nodes[2]);
  expect(next.revision).toBe(5);
});

it('passes over what it has already', () => {
  expect(applyTopologyPatch(topology, patch({ from: 3, revision: 4 }))).toBe('old');
});

it('takes a patch that begins earlier and ends later, as it says everything since', () => {
  expect(applyTopologyPatch(topology, patch({ from: 2, revision: 6, remove: ['c'] }))).toMatchObject({
    revision: 6,
  });
});

it('tells a gap by revision and by epoch', () => {
  expect(applyTopologyPatch(topology, patch({ from: 5, revision: 6 }))).toBe('gap');
  expect(applyTopologyPatch(topology, patch({ epoch: 'q' }))).toBe('gap');
});
