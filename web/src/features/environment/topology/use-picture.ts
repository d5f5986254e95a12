import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { Ref, RefObject } from 'react';

import { readPalette, watchTheme } from './canvas/palette.ts';
import type { Picture } from './canvas/picture.ts';
import { Renderer } from './canvas/renderer.ts';
import { createZoom } from './canvas/zoom.ts';
import type { Zoom } from './canvas/zoom.ts';
import { emptyGraph } from './graph/build.ts';
import { neighboursOf } from './graph/edges.ts';
import { rectOf } from './graph/place.ts';
import { centreOn, fitView, reveal } from './graph/viewport.ts';
import { changedNodes } from './rules.ts';
import type { TopologyView } from './use-topology-view.ts';

/** What the toolbar and the keyboard ask of the picture. */
export type PictureHandle = {
  fit: () => void;
  zoom: (factor: number) => void;
  /** Brings a node to the middle, near enough to read. */
  centre: (id: string) => void;
  /** Moves only as far as it takes to see the node. */
  reveal: (id: string) => void;
  /** The point of the world under a point of the picture. */
  worldAt: (x: number, y: number) => { x: number; y: number };
  focus: () => void;
};

type PictureSource = {
  host: RefObject<HTMLDivElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
  view: TopologyView;
  selected: string | undefined;
  hovered: string | null;
  handle: Ref<PictureHandle>;
};

type Machine = {
  renderer: Renderer;
  zoom: Zoom;
  stop: () => void;
};

/** How long a changed node stays tinted. */
const TINT_MS = 1500;

/** Keeps renderer and zoom in step with the view; React decides what is drawn, never how often. */
export function usePicture({ host, canvas, view, selected, hovered, handle }: PictureSource): void {
  const machine = useRef<Machine | null>(null);
  const { scene, graph, found, sceneKey } = view;
  const shownKey = useRef<string | null>(null);

  // Layout effects: a new scene is on the canvas with the very next frame.
  useLayoutEffect(() => {
    if (host.current === null || canvas.current === null) return undefined;
    machine.current = startMachine(host.current, canvas.current);
    return () => {
      machine.current?.stop();
      machine.current = null;
      shownKey.current = null;
    };
  }, [host, canvas]);

  useLayoutEffect(() => {
    const parts = machine.current;
    if (parts === null || scene === null) return;
    parts.renderer.show({ scene });
    parts.zoom.resize(scene, parts.renderer.size);
    if (shownKey.current === sceneKey) return;
    const target = shownKey.current === null && selected !== undefined ? rectOf(scene, selected) : null;
    shownKey.current = sceneKey;
    const fitted = fitView(scene, parts.renderer.size);
    parts.zoom.to(target === null ? fitted : centreOn(target, fitted, parts.renderer.size));
  }, [scene, sceneKey, selected]);

  useEffect(() => {
    machine.current?.renderer.show({ found: found === null ? null : new Set(found) });
  }, [found]);

  useEffect(() => {
    const centre = hovered ?? selected;
    const neighbours = centre === undefined ? [] : neighboursOf(graph, centre).map(({ node }) => node.id);
    machine.current?.renderer.show({ selected: selected ?? null, hovered, neighbours });
  }, [graph, selected, hovered]);

  useTint(machine, view);

  useImperativeHandle(handle, () => {
    const withRect = (id: string, move: typeof centreOn) => {
      const parts = machine.current;
      const shown = parts?.renderer.picture.scene ?? null;
      const rect = shown === null ? null : rectOf(shown, id);
      if (parts !== null && rect !== null) parts.zoom.to(move(rect, parts.zoom.view(), parts.renderer.size));
    };
    return {
      fit() {
        const parts = machine.current;
        const shown = parts?.renderer.picture.scene ?? null;
        if (parts !== null && shown !== null) parts.zoom.to(fitView(shown, parts.renderer.size));
      },
      zoom: (factor) => machine.current?.zoom.by(factor),
      centre: (id) => withRect(id, centreOn),
      reveal: (id) => withRect(id, reveal),
      worldAt(x, y) {
        const now = machine.current?.zoom.view() ?? { x: 0, y: 0, k: 1 };
        return { x: (x - now.x) / now.k, y: (y - now.y) / now.k };
      },
      focus: () => host.current?.focus(),
    };
  }, [host]);
}

/** Tints what has changed since the graph before, and takes each tint back after a moment. */
function useTint(machine: RefObject<Machine | null>, { graph }: TopologyView): void {
  const before = useRef(emptyGraph);
  const tinted = useRef(new Map<string, ReadonlySet<string>>());
  useEffect(() => {
    const changed = changedNodes(before.current, graph);
    before.current = graph;
    if (changed.size === 0) return;
    const show = () => machine.current?.renderer.show({ changed: new Set(tinted.current.keys()) });
    for (const id of changed) tinted.current.set(id, changed);
    show();
    // Runs its time even when the next update comes sooner; a node that has changed again stays for the later one.
    setTimeout(() => {
      for (const id of changed) if (tinted.current.get(id) === changed) tinted.current.delete(id);
      show();
    }, TINT_MS);
  }, [machine, graph]);
}

/** Marks when the first scene, and then the newest one, was drawn: what the bench measures. */
function markDrawn(): (picture: Picture) => void {
  let last: Picture['scene'] = null;
  return ({ scene }) => {
    if (scene === last) return;
    performance.clearMarks('topology:updated');
    performance.mark(last === null ? 'topology:painted' : 'topology:updated');
    last = scene;
  };
}

function startMachine(host: HTMLElement, canvas: HTMLCanvasElement): Machine {
  const picture: Picture = {
    scene: null,
    view: { x: 0, y: 0, k: 1 },
    palette: readPalette(),
    selected: null,
    hovered: null,
    neighbours: [],
    found: null,
    changed: new Set(),
  };
  const renderer = new Renderer(canvas, picture, markDrawn());
  const zoom = createZoom(host, (view) => renderer.show({ view }));
  const resize = () => {
    renderer.resize({ width: host.clientWidth, height: host.clientHeight }, window.devicePixelRatio);
    const { scene } = renderer.picture;
    if (scene !== null) zoom.resize(scene, renderer.size);
  };
  resize();
  const observer = new ResizeObserver(resize);
  observer.observe(host);
  const unwatch = watchTheme(() => renderer.show({ palette: readPalette() }));
  return {
    renderer,
    zoom,
    stop() {
      unwatch();
      observer.disconnect();
      zoom.destroy();
      renderer.destroy();
    },
  };
}
