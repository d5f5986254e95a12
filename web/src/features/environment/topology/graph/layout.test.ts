import { assert, constantFrom, array, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cellSize } from './grid.ts';
import type { Group } from './group.ts';
import { FRAME_GAP, layoutGroups } from './layout.ts';
import type { Layout } from './layout.ts';
import type { Rect } from './shelves.ts';

const leaf = (id: string, count: number, band = 0): Group => ({
  id,
  nodeId: id,
  label: id,
  band,
  groups: [],
  cells: Array.from({ length: count }, (_, index) => `${id}-${index}`),
});
const lane = (id: string, groups: Group[]): Group => ({ ...leaf(`lane:${id}`, 0), nodeId: null, groups });
const lanes = (groups: Group[]): Group => ({ ...leaf('root', 0), nodeId: null, groups });
/** All in one lane. */
const root = (groups: Group[]): Group => lanes([lane('containers', groups)]);
const framesOf = (layout: Layout) => layout.frames.filter((frame) => frame.depth > 1);
const options = { aspect: 1.6 };
const placesOf = (layout: Layout) => new Map(layout.cells.map(({ id, x, y }) => [id, { x, y }]));

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
function expectNothingHidden(layout: Layout): void {
  const cells = layout.cells.map((cell) => ({ ...cell, ...cellSize }));
  const outer = layout.frames.filter((frame) => frame.depth === 2);
  const around = layout.frames.filter((frame) => frame.depth === 1);
  for (const rects of [cells, outer, around])
    for (const [index, a] of rects.entries())
      for (const b of rects.slice(index + 1)) expect(overlap(a, b), `${a.id} over ${b.id}`).toBe(false);
}

describe('layoutGroups', () => {
  it('places cells in a grid under the heading of their frame', () => {
    const layout = layoutGroups(root([leaf('web', 2)]), options);
    const { cells, heading } = layout;
    const y = heading + FRAME_GAP;
    expect(framesOf(layout)).toMatchObject([{ id: 'web', x: 0, y, first: 0, count: 2 }]);
    expect(cells).toEqual([
      { id: 'web-0', x: 8, y: y + heading },
      { id: 'web-1', x: 8, y: y + heading + cellSize.height + cellSize.gap },
    ]);
  });

  it('gives an empty frame room for its heading', () => {
    const [frame] = framesOf(layoutGroups(root([leaf('idle', 0)]), options));
    expect(frame?.width).toBeGreaterThanOrEqual(cellSize.width);
    expect(frame?.height).toBeGreaterThan(0);
  });

  it('puts later bands below earlier ones', () => {
    const [service, plain] = framesOf(layoutGroups(root([leaf('vpn', 3, 0), leaf('web', 3, 1)]), options));
    expect(plain?.y).toBeGreaterThanOrEqual((service?.y ?? 0) + (service?.height ?? 0));
  });

  it('keeps inner frames within outer ones', () => {
    const location = { ...leaf('ams', 2), groups: [leaf('s1', 30), leaf('s2', 7)] };
    const [outer, ...inner] = framesOf(layoutGroups(root([location]), options));
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

  it('puts lanes beside each other, and below each other in a tall space', () => {
    const both = lanes([lane('domains', [leaf('dom', 3)]), lane('containers', [leaf('web', 9)])]);
    const starts = (aspect: number) =>
      layoutGroups(both, { aspect }).frames.filter(({ depth }) => depth === 1);
    const [domains, containers] = starts(1.6);
    expect(containers?.y).toBe(domains?.y);
    expect(containers?.x).toBeGreaterThan((domains?.x ?? 0) + (domains?.width ?? 0));
    const [above, below] = starts(0.75);
    expect(below?.x).toBe(above?.x);
    expect(below?.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0));
  });

  it('begins frames of a shelf at one height, also after some have come and grown', () => {
    const before = layoutGroups(root([leaf('a', 9), leaf('b', 2), leaf('c', 5), leaf('d', 1)]), options);
    const grown = root([leaf('a', 10), leaf('b', 40), leaf('c', 5), leaf('d', 1), leaf('e', 3)]);
    const frames = framesOf(layoutGroups(grown, options, before));
    for (const a of frames)
      for (const b of frames) {
        const isLevel = a.y === b.y || a.y >= b.y + b.height + FRAME_GAP || b.y >= a.y + a.height + FRAME_GAP;
        expect(isLevel, `${a.id} beside ${b.id}`).toBe(true);
      }
  });

  it('makes room for one more instance of any container without moving a node', () => {
    const groups = (grown?: string) =>
      ['a', 'b', 'c', 'd', 'e'].map((id, at) => leaf(id, 2 + at * 3 + (id === grown ? 1 : 0)));
    const before = layoutGroups(root(groups()), options);
    for (const grown of ['a', 'b', 'c', 'd', 'e']) {
      const after = placesOf(layoutGroups(root(groups(grown)), options, before));
      for (const [id, place] of placesOf(before))
        expect(after.get(id), `${id} as ${grown} grew`).toEqual(place);
    }
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
