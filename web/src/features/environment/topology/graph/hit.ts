import { quadtree } from 'd3-quadtree';
import type { Quadtree, QuadtreeLeaf } from 'd3-quadtree';

import type { GraphNode } from './build.ts';
import { cellSize } from './grid.ts';
import type { Scene } from './place.ts';
import type { Rect } from './shelves.ts';

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
