import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { Ref, RefObject } from 'react';

import { readPalette, watchTheme } from './canvas/palette.ts';
import type { Picture } from './canvas/picture.ts';
import { Renderer } from './canvas/renderer.ts';
import { createZoom } from './canvas/zoom.ts';
import type { Zoom } from './canvas/zoom.ts';
import { emptyGraph } from './graph/build.ts';
import { neighboursOf } from './graph/edges.ts';
import type { Fill } from './graph/fills.ts';
import { rectOf } from './graph/place.ts';
import { centreOn, fitView, reveal, startView } from './graph/viewport.ts';
import { changedNodes } from './rules.ts';
import type { TopologyView } from './use-topology-view.ts';
import type { Wiring } from './use-wiring.ts';

export type PictureHandle = {
  fit: () => void;
  zoom: (factor: number) => void;
  /** Centres a node, zoomed in enough to read it. */
  centre: (id: string) => void;
  /** Moves only as far as needed to show the node. */
  reveal: (id: string) => void;
  /** World coordinates of a point of the picture. */
  worldAt: (x: number, y: number) => { x: number; y: number };
  focus: () => void;
};

type PictureSource = {
  host: RefObject<HTMLDivElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
  view: TopologyView;
  selected: string | undefined;
  hovered: string | null;
  wiring: Wiring;
  fill: Fill | null;
  focused: boolean;
  handle: Ref<PictureHandle>;
};

type Machine = {
  renderer: Renderer;
  zoom: Zoom;
  stop: () => void;
};

const TINT_MS = 1500;

/** Renderer and zoom work outside React; React only hands them new parts. */
export function usePicture(source: PictureSource): void {
  const { host, canvas, view, selected, hovered, wiring, fill, focused, handle } = source;
  const machine = useRef<Machine | null>(null);
  const { scene, graph, found, sceneKey } = view;
  const shownKey = useRef<string | null>(null);

  // Layout effects: a new scene is on the canvas in the same frame.
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
    const first = startView(scene, parts.renderer.size);
    parts.zoom.to(target === null ? first : centreOn(target, first, parts.renderer.size));
  }, [scene, sceneKey, selected]);

  useEffect(() => {
    machine.current?.renderer.show({ found: found === null ? null : new Set(found) });
  }, [found]);

  useEffect(() => {
    const neighbours = hovered === null ? [] : neighboursOf(graph, hovered).map(({ node }) => node.id);
    machine.current?.renderer.show({ selected: selected ?? null, hovered, neighbours });
  }, [graph, selected, hovered]);

  const { wires } = wiring;
  const centre = hovered ?? selected ?? null;
  useEffect(() => {
    const litWires = centre === null ? null : wiring.litFor(centre);
    machine.current?.renderer.show({ wires, litWires });
  }, [wiring, wires, centre]);

  useEffect(() => {
    machine.current?.renderer.show({ fill });
  }, [fill]);

  useEffect(() => {
    machine.current?.renderer.show({ focused });
  }, [focused]);

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
    // Not cleared by the next update: each tint lasts its full time; a node that changed again keeps the later one.
    setTimeout(() => {
      for (const id of changed) if (tinted.current.get(id) === changed) tinted.current.delete(id);
      show();
    }, TINT_MS);
  }, [machine, graph]);
}

/** Performance marks at the first and the newest drawing, for `npm run bench -- topology`. */
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
    wires: null,
    litWires: null,
    fill: null,
    focused: false,
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
