import { expect, it } from 'vitest';

import { smallTopology } from '../../../../testing/builders/topology.ts';
import { buildGraph } from '../graph/build.ts';
import { toNodeColumns } from '../graph/columns.ts';
import { createLayoutEngine } from '../graph/layout-engine.ts';
import { placeScene } from '../graph/place.ts';
import { cellStyles, styleOf } from './cell-styles.ts';
import { detailFor } from './picture.ts';

const graph = buildGraph({ nodes: smallTopology });
const columns = toNodeColumns(graph.nodes, graph.byId);
const { layout } = createLayoutEngine()({
  request: 1,
  nodes: columns,
  by: 'container',
  aspect: 1,
  keep: false,
});
const scene = placeScene(
  layout,
  graph.nodes.map((node) => node.id),
  graph,
);
const numberOf = (id: string, found: Set<string> | null) =>
  cellStyles(scene, found)[scene.cellOf.get(id) ?? -1] ?? -1;

it('gives every cell the shape and tone of its state', () => {
  expect(styleOf(numberOf('web-2', null))).toEqual({ shape: 'square', tone: 'danger', lit: true });
  expect(styleOf(numberOf('fn-1', null))).toEqual({ shape: 'ring', tone: 'muted', lit: true });
  expect(styleOf(numberOf('dom', null))).toEqual({ shape: 'none', tone: 'neutral', lit: true });
});

it('dims what a search has not found', () => {
  expect(styleOf(numberOf('web-2', new Set(['fn-1']))).lit).toBe(false);
  expect(styleOf(numberOf('fn-1', new Set(['fn-1']))).lit).toBe(true);
});

it('draws failures over everything else', () => {
  expect(numberOf('web-2', null)).toBeGreaterThan(numberOf('web-10', null));
  expect(numberOf('web-2', null)).toBeGreaterThan(numberOf('fn-1', null));
});

it('chooses the detail by the size on the screen', () => {
  expect([28, 5, 1].map(detailFor)).toEqual(['near', 'middle', 'far']);
});
