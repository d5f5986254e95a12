import { describe, expect, it } from 'vitest';

import { smallTopology } from '../../../../testing/builders/topology.ts';
import { buildGraph } from './build.ts';
import { toNodeColumns } from './columns.ts';
import { cellSize } from './grid.ts';
import { createHitTest } from './hit.ts';
import { createLayoutEngine } from './layout-engine.ts';
import { placeScene, rectOf } from './place.ts';

const graph = buildGraph({ nodes: smallTopology });
const order = graph.nodes.map((node) => node.id);
const request = {
  request: 1,
  nodes: toNodeColumns(graph.nodes, graph.byId),
  by: 'server',
  aspect: 1.6,
} as const;
const { layout } = createLayoutEngine()({ ...request, keep: false });
const scene = placeScene(layout, order, graph);

function centreOf(id: string): { x: number; y: number } {
  const rect = rectOf(scene, id) ?? { x: -1, y: -1, width: 0, height: 0 };
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}

describe('placeScene', () => {
  it('counts what is in a frame, inner frames included', () => {
    const frame = (id: string) => scene.frames.find((candidate) => candidate.id === id);
    expect(frame('ams')).toMatchObject({
      label: 'Amsterdam',
      total: 3,
      tally: { success: 1, muted: 1, danger: 1 },
    });
    expect(frame('osa')).toMatchObject({ total: 1, tally: { success: 1 } });
  });

  it('leaves out nodes that have gone since the layout was asked for', () => {
    const without = buildGraph({ nodes: smallTopology.filter((node) => node.id !== 'web-2') });
    const later = placeScene(layout, order, without);
    expect(later.cellOf.has('web-2')).toBe(false);
    expect(later.frames.find((frame) => frame.id === 'ams/s1')).toMatchObject({ count: 2 });
    expect(rectOf(later, 'vpn-1')).toEqual(rectOf(scene, 'vpn-1'));
  });

  it('knows a node by its cell, or else by its frame', () => {
    expect(rectOf(scene, 'web-2')).toMatchObject({ width: cellSize.width, height: cellSize.height });
    expect(rectOf(scene, 's1')).toMatchObject({ id: 'ams/s1' });
    expect(rectOf(scene, 'nobody')).toBeNull();
  });
});

describe('createHitTest', () => {
  const hits = createHitTest(scene);
  it('finds every cell at its centre', () => {
    for (const node of scene.nodes) {
      const { x, y } = centreOf(node.id);
      expect(hits.at(x, y)?.id).toBe(node.id);
    }
  });

  it('finds the innermost frame beside the cells, and nothing outside', () => {
    const frame = rectOf(scene, 's1') ?? { x: 0, y: 0 };
    expect(hits.at(frame.x + 2, frame.y + 2)?.id).toBe('s1');
    expect(hits.at(-50, -50)).toBeNull();
  });
});
