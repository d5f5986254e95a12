import { describe, expect, it } from 'vitest';

import { container, domain, instance, smallTopology } from '../../../../testing/builders/topology.ts';
import { flowsOf } from './flows.ts';
import { sceneOf } from './scene.fixture.ts';
import { createWalk } from './walk.ts';
import type { Direction } from './walk.ts';

const nodes = [
  ...smallTopology,
  container('lb', { service: 'loadbalancer' }),
  instance('lb-1', 'lb', { service: 'loadbalancer' }),
  domain('fn.lab.example', 'fn'),
];
const { graph, scene } = sceneOf(nodes);
const walk = createWalk(scene, graph, flowsOf(graph));
const go = (from: string | null, ...directions: Direction[]) => {
  let at = from;
  let before: string | null = null;
  for (const direction of directions) {
    const next: string | null = walk.step(at, direction, before)?.id ?? null;
    before = at;
    at = next;
  }
  return at;
};

describe('a walk through the graph', () => {
  it('starts at the first node', () => {
    expect(go(null, 'right')).toBe('hub');
    expect(go('nobody', 'down')).toBe('hub');
  });

  it('goes through a lane in reading order, frames and what is in them', () => {
    expect(go('web', 'down')).toBe('web-2');
    expect(go('web', 'down', 'down')).toBe('web-10');
    expect(go('web', 'down', 'down', 'down')).toBe('fn');
    expect(go('web', 'down', 'up')).toBe('web');
    expect(go('hub', 'up')).toBeNull();
  });

  it('follows the lines to the right and back to the left', () => {
    expect(go('fn.lab.example', 'right')).toBe('lb');
    expect(go('web-10', 'right')).toBe('s2');
    expect(go('web-10', 'right', 'left')).toBe('web-10');
    expect(go('fn', 'right', 'left')).toBe('fn');
    expect(go('web-10', 'left')).toBe('lb');
  });

  it('enters the next lane where no line leads, and says so', () => {
    expect(walk.step('env', 'right', null)).toMatchObject({ enteredLane: 'Load balancer, VPN' });
    expect(walk.step('web', 'left', null)).toMatchObject({ id: 'lb', enteredLane: null });
    expect(walk.step('s1', 'right', null)).toBeNull();
  });

  it('goes to both ends of a lane', () => {
    expect(walk.edge('web-2', 'last')).toMatchObject({ id: 'fn-1' });
    expect(walk.edge('web-2', 'first')).toMatchObject({ id: 'web' });
  });

  it('knows the place of a cell in its frame and of a frame in its lane', () => {
    expect(walk.position('web-10')).toEqual({ at: 2, of: 2 });
    expect(walk.position('fn')).toEqual({ at: 2, of: 2 });
    expect(walk.position('nobody')).toBeNull();
  });

  it('reaches every node by arrows alone', () => {
    const seen = new Set<string>(['hub']);
    for (const id of seen)
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = walk.step(id, direction, null);
        if (next !== null) seen.add(next.id);
      }
    expect([...seen].sort()).toEqual(nodes.map((node) => node.id).sort());
  });
});
