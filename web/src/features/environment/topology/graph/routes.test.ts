import { describe, expect, it } from 'vitest';

import {
  container,
  domain,
  instance,
  location,
  server,
  smallTopology,
} from '../../../../testing/builders/topology.ts';
import { flowsAt, flowsOf } from './flows.ts';
import { cellSize } from './grid.ts';
import type { GroupBy } from './group.ts';
import type { Scene } from './place.ts';
import { createRouter } from './routes.ts';
import type { Point } from './routes.ts';
import { sceneOf } from './scene.fixture.ts';
import type { Rect } from './shelves.ts';
import { bundle } from './wires.ts';

const many = [
  ...smallTopology,
  container('lb', { service: 'loadbalancer' }),
  instance('lb-1', 'lb', { service: 'loadbalancer' }),
  ...Array.from({ length: 6 }, (_, at) => domain(`d${at}`, `c${at}`)),
  ...Array.from({ length: 14 }, (_, at) => container(`c${at}`)),
  ...Array.from({ length: 4 }, (_, at) => server(`x${at}`, at % 2 === 0 ? 'ams' : 'fra')),
  location('fra'),
  ...Array.from({ length: 60 }, (_, at) =>
    instance(`i${at}`, `c${(at * at) % 14}`, {
      serverId: `x${at % 4}`,
      locationId: at % 2 === 0 ? 'ams' : 'fra',
    }),
  ),
];

/** Every name on the picture: cells, and the headings of frames and lanes. */
function labelsOf(scene: Scene): (Rect & { id: string })[] {
  const cells = scene.nodes.map((node, at) => ({
    ...cellSize,
    id: node.id,
    x: scene.x[at] ?? 0,
    y: scene.y[at] ?? 0,
  }));
  const headings = scene.frames.map((frame) => ({
    id: `heading of ${frame.id}`,
    x: frame.x,
    y: frame.y,
    width: frame.width,
    height: Math.min(scene.heading, 40),
  }));
  return [...cells, ...headings];
}

function crosses([a, b]: [Point, Point], { x, y, width, height }: Rect): boolean {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return right > x && left < x + width && bottom > y && top < y + height;
}

const piecesOf = (points: readonly Point[]): [Point, Point][] =>
  points.slice(1).map((point, at) => [points[at] ?? point, point]);

describe.each<[GroupBy, number]>([
  ['container', 1.6],
  ['container', 0.75],
  ['server', 1.6],
  ['server', 0.75],
  ['location', 1.6],
])('lines by %s in a space of %d', (by, aspect) => {
  const { graph, scene } = sceneOf(many, { by, aspect });
  const router = createRouter(scene);
  const all = flowsOf(graph);
  const lit = graph.nodes.flatMap((node) => flowsAt(all, node));

  it('run at right angles, between the nodes they join', () => {
    let drawn = 0;
    for (const { from, to } of lit) {
      const points = router.between(from, to);
      for (const [a, b] of piecesOf(points)) expect(a.x === b.x || a.y === b.y).toBe(true);
      drawn += points.length > 0 ? 1 : 0;
    }
    expect(drawn).toBeGreaterThan(50);
  });

  it('cross no label', () => {
    const labels = labelsOf(scene);
    const crossed = lit.flatMap(({ from, to }) =>
      piecesOf(router.between(from, to)).flatMap((piece) =>
        labels.filter((label) => crosses(piece, label)).map((label) => `${from} → ${to} over ${label.id}`),
      ),
    );
    expect(crossed).toEqual([]);
  });

  it('lie on each other, so that a bundle has fewer pieces than its lines', () => {
    const pieces = all.flatMap(({ from, to }) => piecesOf(router.between(from, to))).length;
    expect(bundle(all, router).length / 4).toBeLessThan(pieces / 2);
  });
});

it('runs through no frame where it begins at frames only', () => {
  const { graph, scene } = sceneOf(many);
  const router = createRouter(scene, 'frames');
  const frames = scene.frames.filter(({ depth }) => depth > 1);
  const pieces = flowsOf(graph).flatMap(({ from, to }) => piecesOf(router.between(from, to)));
  expect(pieces.length).toBeGreaterThan(50);
  expect(pieces.filter((piece) => frames.some((frame) => crosses(piece, frame)))).toEqual([]);
});

it('leads from a domain through the load balancer to its container', () => {
  const { graph } = sceneOf(many);
  const all = flowsOf(graph);
  const at = (id: string) => {
    const node = graph.byId.get(id);
    return node === undefined ? [] : flowsAt(all, node).map(({ from, to }) => `${from} → ${to}`);
  };
  expect(at('d3')).toEqual(['d3 → lb', 'lb → c3']);
  expect(at('c3')).toEqual(expect.arrayContaining(['d3 → lb', 'lb → c3']));
  expect(at('c3')).not.toContain('d4 → lb');
  expect(at('i0')).toEqual(expect.arrayContaining(['i0 → x0']));
});

it('leads nowhere for a node that is not in the picture', () => {
  const { scene } = sceneOf(smallTopology);
  expect(createRouter(scene).between('web', 'nobody')).toEqual([]);
});
