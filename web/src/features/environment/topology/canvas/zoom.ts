import { select } from 'd3-selection';
import { zoom, zoomIdentity } from 'd3-zoom';
import type { D3ZoomEvent } from 'd3-zoom';

import { clampView, MAX_ZOOM, minZoom } from '../graph/viewport.ts';
import type { Size, View } from '../graph/viewport.ts';

export type Zoom = {
  view: () => View;
  to: (view: View) => void;
  /** Zooms about the middle of the screen. */
  by: (factor: number) => void;
  resize: (world: Size, screen: Size) => void;
  destroy: () => void;
};

export function createZoom(element: HTMLElement, onView: (view: View) => void): Zoom {
  let world: Size = { width: 1, height: 1 };
  let screen: Size = { width: 1, height: 1 };
  let current: View = { x: 0, y: 0, k: 1 };
  const selection = select<HTMLElement, unknown>(element);
  const toTransform = ({ x, y, k }: View) => zoomIdentity.translate(x, y).scale(k);
  const behaviour = zoom<HTMLElement, unknown>()
    .extent(() => [
      [0, 0],
      [screen.width, screen.height],
    ])
    .constrain((transform) => toTransform(clampView(transform, world, screen)))
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      const { x, y, k } = event.transform;
      current = { x, y, k };
      onView(current);
    });
  selection.call(behaviour).on('dblclick.zoom', null);
  return {
    view: () => current,
    to: (view) => behaviour.transform(selection, toTransform(clampView(view, world, screen))),
    by: (factor) => behaviour.scaleBy(selection, factor),
    resize(nextWorld, nextScreen) {
      world = nextWorld;
      screen = nextScreen;
      behaviour.scaleExtent([minZoom(world, screen), MAX_ZOOM]);
    },
    destroy: () => void selection.on('.zoom', null),
  };
}
