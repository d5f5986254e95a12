import { quadtree } from 'd3-quadtree';
import type { Quadtree, QuadtreeLeaf } from 'd3-quadtree';

import type { GraphNode } from './build.ts';
import { cellSize } from './layout.ts';
import type { Rect } from './pack.ts';
import { rectOf } from './place.ts';
import type { Scene } from './place.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

export type HitTest = {
  /** Point in world units. Returns a cell, else the innermost frame that stands for a node. */
  at: (x: number, y: number) => GraphNode | null;
};

export function createHitTest(scene: Scene): HitTest {
  let tree: Quadtree<number> | undefined;
  return {
    at(x, y) {
      // Built on first use: slow, and most scenes are never hovered.
      tree ??= indexCells(scene);
      let found: number | undefined;
      tree.visit((quad, left, top, right, bottom) => {
        if (!('length' in quad)) {
          let leaf: QuadtreeLeaf<number> | undefined = quad;
          for (; leaf !== undefined; leaf = leaf.next) if (covers(scene, leaf.data, x, y)) found = leaf.data;
        }
        return left > x || top > y || right < x - cellSize.width || bottom < y - cellSize.height;
      });
      if (found !== undefined) return scene.nodes[found] ?? null;
      const frame = scene.frames.findLast((frame) => frame.node !== null && contains(frame, x, y));
      return frame?.node ?? null;
    },
  };
}

function indexCells(scene: Scene): Quadtree<number> {
  return quadtree<number>()
    .x((cell) => scene.x[cell] ?? 0)
    .y((cell) => scene.y[cell] ?? 0)
    .addAll(Array.from(scene.nodes.keys()));
}

function covers(scene: Scene, cell: number, x: number, y: number): boolean {
  return contains({ ...cellSize, x: scene.x[cell] ?? 0, y: scene.y[cell] ?? 0 }, x, y);
}

function contains(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
}

/**
 * Nearest cell in a direction, preferring those straight ahead. From null or a node outside the picture: the first
 * cell.
 */
export function neighbourTowards(scene: Scene, from: string | null, direction: Direction): GraphNode | null {
  const start = from === null ? null : rectOf(scene, from);
  if (start === null) return scene.nodes[0] ?? null;
  let best = Number.POSITIVE_INFINITY;
  let found: GraphNode | null = null;
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  scene.nodes.forEach((node, cell) => {
    const dx = (scene.x[cell] ?? 0) - start.x;
    const dy = (scene.y[cell] ?? 0) - start.y;
    const across = direction === 'left' || direction === 'right';
    const ahead = sign * (across ? dx : dy);
    const offAxis = Math.abs(across ? dy : dx);
    const cost = ahead + 3 * offAxis;
    if (node.id === from || ahead <= 0.5 || cost >= best) return;
    best = cost;
    found = node;
  });
  return found;
}
