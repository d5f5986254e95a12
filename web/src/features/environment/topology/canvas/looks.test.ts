import { expect, it } from 'vitest';

import { smallTopology } from '../../../../testing/builders/topology.ts';
import { createLayoutAnswerer } from '../graph/answer.ts';
import { buildGraph } from '../graph/build.ts';
import { toNodeColumns } from '../graph/columns.ts';
import { placeScene } from '../graph/place.ts';
import { cellLooks, readLook } from './looks.ts';
import { detailFor } from './picture.ts';
import { shorten } from './text.ts';

const graph = buildGraph({ nodes: smallTopology });
const columns = toNodeColumns(graph.nodes, graph.byId);
const { layout } = createLayoutAnswerer()({
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
const lookOf = (id: string, found: Set<string> | null) =>
  cellLooks(scene, found)[scene.cellOf.get(id) ?? -1] ?? -1;

it('gives every cell the shape and tone of its state', () => {
  expect(readLook(lookOf('web-2', null))).toEqual({ shape: 'square', tone: 'danger', lit: true });
  expect(readLook(lookOf('fn-1', null))).toEqual({ shape: 'ring', tone: 'muted', lit: true });
  expect(readLook(lookOf('dom', null))).toEqual({ shape: 'none', tone: 'neutral', lit: true });
});

it('dims what a search has not found', () => {
  expect(readLook(lookOf('web-2', new Set(['fn-1']))).lit).toBe(false);
  expect(readLook(lookOf('fn-1', new Set(['fn-1']))).lit).toBe(true);
});

it('draws failures over everything else', () => {
  expect(lookOf('web-2', null)).toBeGreaterThan(lookOf('web-10', null));
  expect(lookOf('web-2', null)).toBeGreaterThan(lookOf('fn-1', null));
});

it('chooses the detail by the size on the screen', () => {
  expect([28, 5, 1].map(detailFor)).toEqual(['near', 'middle', 'far']);
});

it('shortens names at their beginning, and gives up when nothing readable is left', () => {
  expect(shorten('mapper-17', 200, 10)).toBe('mapper-17');
  expect(shorten('planner-0-1234', 48, 10)).toBe('…-0-1234');
  expect(shorten('planner', 10, 10)).toBe('');
});
