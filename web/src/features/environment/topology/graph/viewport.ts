import type { Rect } from './shelves.ts';

/** `screen = world * k + (x, y)`, in CSS pixels. */
export type View = {
  x: number;
  y: number;
  k: number;
};

export type Size = {
  width: number;
  height: number;
};

export const MAX_ZOOM = 4;
const MARGIN = 16;
/** Keeps a small environment from being enlarged beyond this. */
const LARGEST_FIT = 1.25;

export function fitView(world: Size, screen: Size): View {
  const room = {
    width: Math.max(1, screen.width - 2 * MARGIN),
    height: Math.max(1, screen.height - 2 * MARGIN),
  };
  const k = Math.min(
    LARGEST_FIT,
    room.width / Math.max(1, world.width),
    room.height / Math.max(1, world.height),
  );
  return {
    k,
    x: (screen.width - world.width * k) / 2,
    y: Math.max(MARGIN, (screen.height - world.height * k) / (k === LARGEST_FIT ? 4 : 2)),
  };
}

/** Zoom from which cells show their names. */
const READABLE = 0.5;

/** Everything; of a tall world its upper part, where that makes names readable. */
export function startView(world: Size, screen: Size): View {
  const all = fitView(world, screen);
  const k = Math.min(LARGEST_FIT, Math.max(1, screen.width - 2 * MARGIN) / Math.max(1, world.width));
  if (all.k >= READABLE || k < READABLE) return all;
  return { k, x: (screen.width - world.width * k) / 2, y: MARGIN };
}

export function minZoom(world: Size, screen: Size): number {
  return Math.min(1, fitView(world, screen).k * 0.7);
}

/** Centres a rectangle, zoomed in at least to `readable`. */
export function centreOn(rect: Rect, view: View, screen: Size, readable = 1): View {
  const room = Math.min((screen.width * 0.8) / rect.width, (screen.height * 0.8) / rect.height);
  const k = Math.min(MAX_ZOOM, Math.max(view.k, Math.min(readable, room)));
  return {
    k,
    x: screen.width / 2 - (rect.x + rect.width / 2) * k,
    y: screen.height / 2 - (rect.y + rect.height / 2) * k,
  };
}

/** Moves as little as needed to show the rectangle; returns the same view when it is visible. */
export function reveal(rect: Rect, view: View, screen: Size): View {
  return {
    k: view.k,
    x: view.x + shift(rect.x * view.k + view.x, rect.width * view.k, screen.width),
    y: view.y + shift(rect.y * view.k + view.y, rect.height * view.k, screen.height),
  };
}

function shift(start: number, length: number, room: number): number {
  if (start < MARGIN) return MARGIN - start;
  const over = start + length - (room - MARGIN);
  return over > 0 ? -Math.min(over, start - MARGIN) : 0;
}

export function clampView(view: View, world: Size, screen: Size): View {
  const keep = 64;
  return {
    k: view.k,
    x: Math.min(screen.width - keep, Math.max(keep - world.width * view.k, view.x)),
    y: Math.min(screen.height - keep, Math.max(keep - world.height * view.k, view.y)),
  };
}

export function visibleRect(view: View, screen: Size): Rect {
  return {
    x: -view.x / view.k,
    y: -view.y / view.k,
    width: screen.width / view.k,
    height: screen.height / view.k,
  };
}
