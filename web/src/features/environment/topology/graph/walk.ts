import type { Graph } from './build.ts';
import { flowsAt } from './flows.ts';
import type { Flow } from './flows.ts';
import { rectOf } from './place.ts';
import type { Scene } from './place.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

export type Step = {
  id: string;
  /** Set where no line leads there: the next lane was entered instead. */
  enteredLane: string | null;
};

export type Walk = {
  /**
   * Up and down through a lane in reading order, left and right along the lines. From null, or a node outside the
   * picture: the first node. Where a step came from a neighbour (`cameFrom`), the way back leads to it.
   */
  step(from: string | null, direction: Direction, cameFrom: string | null): Step | null;
  /** First or last node of the lane. */
  edge(from: string | null, which: 'first' | 'last'): Step | null;
  /** Place among the cells of its frame, or a frame's among those of its lane; from 1. */
  position(id: string): { at: number; of: number } | null;
};

type Lane = { label: string; stops: string[] };
type Place = { lane: number; at: number; siblings: readonly string[] };

export function createWalk(scene: Scene, graph: Graph, flows: readonly Flow[]): Walk {
  const { lanes, places } = readScene(scene);
  const middle = (id: string): number => {
    const rect = rectOf(scene, id);
    return rect === null ? 0 : rect.y + Math.min(rect.height, 40) / 2;
  };
  const nearest = (ids: readonly string[], to: number): string | undefined =>
    ids.toSorted((a, b) => Math.abs(middle(a) - to) - Math.abs(middle(b) - to))[0];
  const first = (): Step | null => {
    const id = lanes.find((lane) => lane.stops.length > 0)?.stops[0];
    return id === undefined ? null : { id, enteredLane: null };
  };

  /** An instance leads to its server, whose own lines are its containers'. */
  const isBack = (from: string, place: Place, by: 1 | -1, cameFrom: string): boolean => {
    const node = graph.byId.get(cameFrom);
    const lane = places.get(cameFrom)?.lane;
    if (node === undefined || lane === undefined || (lane - place.lane) * by <= 0) return false;
    return flowsAt(flows, node).some((flow) => flow.from === from || flow.to === from);
  };

  const sideways = (from: string, place: Place, by: 1 | -1, cameFrom: string | null): Step | null => {
    const node = graph.byId.get(from);
    const ends = node === undefined ? [] : flowsAt(flows, node).flatMap((flow) => [flow.from, flow.to]);
    const along = [...new Set(ends)].filter((id) => {
      const lane = places.get(id)?.lane;
      return id !== from && lane !== undefined && (lane - place.lane) * by > 0;
    });
    if (cameFrom !== null && isBack(from, place, by, cameFrom)) return { id: cameFrom, enteredLane: null };
    const closest = Math.min(...along.map((id) => (places.get(id)?.lane ?? 0) * by));
    const next = nearest(
      along.filter((id) => (places.get(id)?.lane ?? 0) * by === closest),
      middle(from),
    );
    if (next !== undefined) return { id: next, enteredLane: null };
    const others = by === 1 ? lanes.slice(place.lane + 1) : lanes.slice(0, place.lane).toReversed();
    const lane = others.find(({ stops }) => stops.length > 0);
    const entered = nearest(lane?.stops ?? [], middle(from));
    return lane === undefined || entered === undefined ? null : { id: entered, enteredLane: lane.label };
  };

  return {
    step(from, direction, cameFrom) {
      const place = from === null ? undefined : places.get(from);
      if (from === null || place === undefined) return first();
      if (direction === 'left' || direction === 'right')
        return sideways(from, place, direction === 'right' ? 1 : -1, cameFrom);
      const id = lanes[place.lane]?.stops[place.at + (direction === 'down' ? 1 : -1)];
      return id === undefined ? null : { id, enteredLane: null };
    },
    edge(from, which) {
      const lane = lanes[places.get(from ?? '')?.lane ?? -1];
      const id = which === 'first' ? lane?.stops[0] : lane?.stops.at(-1);
      return id === undefined ? first() : { id, enteredLane: null };
    },
    position(id) {
      const siblings = places.get(id)?.siblings;
      return siblings === undefined ? null : { at: siblings.indexOf(id) + 1, of: siblings.length };
    },
  };
}

function readScene(scene: Scene): { lanes: Lane[]; places: Map<string, Place> } {
  const lanes: Lane[] = [];
  const places = new Map<string, Place>();
  const framesOf = new Map<number, string[]>();
  const add = (id: string, siblings: string[]): void => {
    if (places.has(id)) return;
    const lane = lanes.length - 1;
    const stops = lanes[lane]?.stops ?? [];
    siblings.push(id);
    places.set(id, { lane, at: stops.push(id) - 1, siblings });
  };
  for (const frame of scene.frames) {
    if (frame.depth === 1) {
      lanes.push({ label: frame.label, stops: [] });
      continue;
    }
    const frames = framesOf.get(frame.parent) ?? [];
    framesOf.set(frame.parent, frames);
    if (frame.node !== null) add(frame.node.id, frames);
    const cells = Array.from({ length: frame.count }, (_, at) => frame.first + at);
    const x = (cell: number) => scene.x[cell] ?? 0;
    const y = (cell: number) => scene.y[cell] ?? 0;
    cells.sort((a, b) => y(a) - y(b) || x(a) - x(b));
    const siblings: string[] = [];
    for (const cell of cells) {
      const node = scene.nodes[cell];
      if (node !== undefined) add(node.id, siblings);
    }
  }
  return { lanes, places };
}
