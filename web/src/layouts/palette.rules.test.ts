import { expect, it } from 'vitest';

import { container, location } from '../testing/builders/topology.ts';
import { findTargets } from './palette.rules.ts';

const nodes = [
  location('l', 'api'),
  container('111', { name: 'old api' }),
  container('222', { name: 'api' }),
  container('333', { name: 'worker' }),
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
