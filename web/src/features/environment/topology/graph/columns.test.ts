import { expect, it } from 'vitest';

import { instance, smallTopology } from '../../../../testing/builders/topology.ts';
import { buildGraph } from './build.ts';
import { fromNodeColumns, toNodeColumns } from './columns.ts';

it('brings nodes through columns as they were', () => {
  const { nodes } = buildGraph({ nodes: smallTopology });
  const through = fromNodeColumns(toNodeColumns(nodes, new Set(['web-2'])));
  expect(through).toEqual(
    nodes.map(({ id, name, kind, part, isEntrance, containerId, serverId, locationId }) => ({
      id,
      name,
      kind,
      part,
      isEntrance,
      containerId,
      serverId,
      locationId,
      shown: id === 'web-2',
    })),
  );
});

it('drops references to nodes that are not among them', () => {
  const { nodes } = buildGraph({ nodes: [instance('stray', 'gone')] });
  expect(fromNodeColumns(toNodeColumns(nodes, new Set()))[0]).toMatchObject({
    containerId: null,
    serverId: null,
  });
});

it('takes no nodes and gives none', () => {
  expect(fromNodeColumns(toNodeColumns([], new Set()))).toEqual([]);
});
