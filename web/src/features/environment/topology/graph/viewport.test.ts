import { describe, expect, it } from 'vitest';

import { centreOn, clampView, fitView, minZoom, reveal, startView, visibleRect } from './viewport.ts';

const screen = { width: 1000, height: 600 };

describe('fitView', () => {
  it('shows all of a large world', () => {
    const world = { width: 9680, height: 2000 };
    const view = fitView(world, screen);
    expect(view.k).toBeCloseTo(0.1);
    expect(view.x).toBeCloseTo(16);
    expect(view.y).toBeCloseTo(200);
  });
  it('does not blow a small one up', () => {
    expect(fitView({ width: 10, height: 10 }, screen).k).toBe(1.25);
  });
  it('survives an empty world and an empty screen', () => {
    expect(fitView({ width: 0, height: 0 }, { width: 0, height: 0 }).k).toBeGreaterThan(0);
  });
});

describe('startView', () => {
  it('shows all of a world that is readable, or that no zoom makes readable', () => {
    for (const world of [
      { width: 900, height: 500 },
      { width: 9680, height: 2000 },
    ])
      expect(startView(world, screen)).toEqual(fitView(world, screen));
  });
  it('shows the top of a tall one in its width', () => {
    const view = startView({ width: 1000, height: 6000 }, screen);
    expect(view.k).toBeCloseTo(0.968);
    expect(view.y).toBe(16);
  });
});

it('lets nobody zoom much farther out than everything', () => {
  expect(minZoom({ width: 9680, height: 2000 }, screen)).toBeCloseTo(0.07);
  expect(minZoom({ width: 100, height: 100 }, screen)).toBeLessThan(1);
});

it('centres on a rectangle, near enough to read', () => {
  const view = centreOn({ x: 400, y: 200, width: 100, height: 20 }, { x: 0, y: 0, k: 0.1 }, screen);
  expect(view).toEqual({ k: 1, x: 50, y: 90 });
});

it('reveals by the least move, and not at all when it is seen', () => {
  const view = { x: 0, y: 0, k: 1 };
  expect(reveal({ x: 100, y: 100, width: 50, height: 20 }, view, screen)).toEqual(view);
  expect(reveal({ x: 1000, y: 100, width: 50, height: 20 }, view, screen)).toEqual({ k: 1, x: -66, y: 0 });
  expect(reveal({ x: -30, y: 100, width: 50, height: 20 }, view, screen)).toEqual({ k: 1, x: 46, y: 0 });
});

it('keeps a strip of the world on the screen', () => {
  const world = { width: 500, height: 500 };
  expect(clampView({ x: 5000, y: -5000, k: 1 }, world, screen)).toEqual({ k: 1, x: 936, y: -436 });
});

it('tells what part of the world is seen', () => {
  expect(visibleRect({ x: -100, y: 50, k: 2 }, screen)).toEqual({ x: 50, y: -25, width: 500, height: 300 });
});
