import { assert, constantFrom, array, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Group } from './group.ts';
import { cellSize, layoutGroups } from './layout.ts';
import type { Layout } from './layout.ts';
import type { Rect } from './pack.ts';

const leaf = (id: string, count: number, band = 0): Group => ({
  id,
  nodeId: id,
  label: id,
  band,
  groups: [],
  cells: Array.from({ length: count }, (_, index) => `${id}-${index}`),
});
const root = (groups: Group[]): Group => ({
  id: 'root',
  nodeId: null,
  label: '',
  band: 0,
  groups,
  cells: [],
});
const options = { aspect: 1.6 };
const placesOf = (layout: Layout) => new Map(layout.cells.map(({ id, x, y }) => [id, { x, y }]));

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
function expectNothingHidden(layout: Layout): void {
  const cells = layout.cells.map((cell) => ({ ...cell, ...cellSize }));
  const outer = layout.frames.filter((frame) => frame.depth === 1);
  for (const rects of [cells, outer])
    for (const [index, a] of rects.entries())
      for (const b of rects.slice(index + 1)) expect(overlap(a, b), `${a.id} over ${b.id}`).toBe(false);
}

describe('layoutGroups', () => {
  it('places cells in a grid under the heading of their frame', () => {
    const { frames, cells, heading } = layoutGroups(root([leaf('web', 2)]), options);
    expect(frames).toMatchObject([{ id: 'web', x: 0, y: 0, first: 0, count: 2 }]);
    expect(cells).toEqual([
      { id: 'web-0', x: 8, y: heading },
      { id: 'web-1', x: 8, y: heading + cellSize.height + cellSize.gap },
    ]);
  });

  it('gives an empty frame room for its heading', () => {
    const [frame] = layoutGroups(root([leaf('idle', 0)]), options).frames;
    expect(frame?.width).toBeGreaterThanOrEqual(cellSize.width);
    expect(frame?.height).toBeGreaterThan(0);
  });

  it('puts later bands below earlier ones', () => {
    const [service, plain] = layoutGroups(root([leaf('vpn', 3, 0), leaf('web', 3, 1)]), options).frames;
    expect(plain?.y).toBeGreaterThanOrEqual((service?.y ?? 0) + (service?.height ?? 0));
  });

  it('keeps inner frames within outer ones', () => {
    const location = { ...leaf('ams', 2), groups: [leaf('s1', 30), leaf('s2', 7)] };
    const { frames } = layoutGroups(root([location]), options);
    const [outer, ...inner] = frames;
    for (const frame of inner) {
      expect(frame.x + frame.width).toBeLessThanOrEqual((outer?.x ?? 0) + (outer?.width ?? 0));
      expect(frame.y + frame.height).toBeLessThanOrEqual((outer?.y ?? 0) + (outer?.height ?? 0));
    }
  });

  it('gives a newcomer the slot of one that went, and moves nobody', () => {
    const before = layoutGroups(root([leaf('web', 20), leaf('api', 5)]), options);
    const web = leaf('web', 20);
    web.cells = [...web.cells.filter((id) => id !== 'web-3'), 'new'];
    const after = layoutGroups(root([web, leaf('api', 5)]), options, before);
    const [was, is] = [placesOf(before), placesOf(after)];
    expect(is.get('new')).toEqual(was.get('web-3'));
    const staying = [...is].filter(([id]) => id !== 'new');
    expect(staying).toEqual(staying.map(([id]) => [id, was.get(id)]));
  });

  it('moves only the frame that outgrows its place', () => {
    const before = layoutGroups(root([leaf('a', 4), leaf('b', 4), leaf('c', 4), leaf('d', 4)]), options);
    const after = layoutGroups(
      root([leaf('a', 40), leaf('b', 4), leaf('c', 4), leaf('d', 4)]),
      options,
      before,
    );
    const others = (layout: Layout) => [...placesOf(layout)].filter(([id]) => !id.startsWith('a'));
    expect(others(after)).toEqual(others(before));
    expectNothingHidden(after);
  });

  it('hides no node behind another, whatever comes and goes', () => {
    const sizes = array(
      record({
        name: constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
        count: integer({ min: 0, max: 40 }),
      }),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    const toRoot = (groups: { name: string; count: number }[]) =>
      root([...new Map(groups.map(({ name, count }) => [name, leaf(name, count)])).values()]);
    assert(
      property(sizes, sizes, (first, second) => {
        const before = layoutGroups(toRoot(first), options);
        expectNothingHidden(before);
        expectNothingHidden(layoutGroups(toRoot(second), options, before));
      }),
      { numRuns: 30, seed: 5 },
    );
  });
});
