import type { TopologyNode } from '@cyclorama/shared/topology.ts';
import { expect, it } from 'vitest';

import { findTargets } from './palette.rules.ts';

const container = (id: string, name: string): TopologyNode => ({
  kind: 'container',
  id,
  name,
  identifier: name,
  environmentId: 'e',
  service: null,
  isFunction: false,
  state: { current: 'running', changed: null, error: null },
  desiredInstances: null,
  strategy: null,
  publicNetwork: null,
  deployment: null,
});
const nodes: TopologyNode[] = [
  { kind: 'location', id: 'l', name: 'api', provider: null },
  container('111', 'old api'),
  container('222', 'api'),
  container('333', 'worker'),
];
const found = (text: string, limit = 10) => findTargets(nodes, text, limit).map(({ id }) => id);

it('finds by name and by id, names that begin so first, and nothing else than containers and instances', () => {
  expect(found('API')).toEqual(['222', '111']);
  expect(found('33')).toEqual(['333']);
  expect(found('api old')).toEqual(['111']);
});

it('offers nothing without a text and no more than asked for', () => {
  expect(found('  ')).toEqual([]);
  expect(found('api', 1)).toEqual(['222']);
});
