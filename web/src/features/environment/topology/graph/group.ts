import type { GraphKind, GraphNode } from './build.ts';
import { LANE, lanes } from './lanes.ts';
import type { LaneId } from './lanes.ts';

export type GroupBy = 'container' | 'server' | 'location';

/** `shown` is false for ancestors kept only as frames. */
export type Placeable = Pick<
  GraphNode,
  'id' | 'name' | 'kind' | 'part' | 'isEntrance' | 'containerId' | 'serverId' | 'locationId'
> & { shown: boolean };

/** A frame with cells, frames or both. Ids are paths, as a container can have a frame in several places. */
export type Group = {
  id: string;
  /** The node this frame stands for; null for a heading. */
  nodeId: string | null;
  label: string;
  /** Bands are laid out below each other. */
  band: number;
  groups: Group[];
  cells: string[];
};

const sections: { kind: GraphKind; label: string; lane: LaneId }[] = [
  { kind: 'environment', label: 'Environment', lane: 'domains' },
  { kind: 'domain', label: 'Domains', lane: 'domains' },
  { kind: 'ip', label: 'IP addresses', lane: 'domains' },
  { kind: 'container', label: 'Containers', lane: 'containers' },
  { kind: 'virtual-machine', label: 'Virtual machines', lane: 'containers' },
  { kind: 'server', label: 'Servers', lane: 'places' },
  { kind: 'network', label: 'Networks', lane: 'places' },
  { kind: 'robot', label: 'Robots', lane: 'robots' },
];
const laneOfSection = new Map(sections.map(({ kind, lane }) => [sectionId(kind), lane]));

const bands = { service: 0, plain: 1, function: 2 } as const;
const LAST_BAND = 3;

/**
 * Nests nodes by what instances share, in lanes. Ordered by name, then id, never by arrival. A node without a group goes
 * to a section of its kind.
 */
export function groupNodes(nodes: readonly Placeable[], by: GroupBy): Group {
  const sorted = sortByName(nodes);
  const byId = new Map(sorted.map((node) => [node.id, node]));
  const groups: Group[] = [];
  const grouped = by === 'container' ? byContainer(sorted, byId) : byPlace(sorted, byId, by);
  for (const { kind, label } of sections) {
    const kinds: GraphKind[] = kind === 'environment' ? ['hub', 'environment'] : [kind];
    const rest = ofKinds(sorted, kinds).filter((node) => !grouped.placed.has(node.id));
    addSection(groups, sectionId(kind), label, kind === 'environment' ? 0 : LAST_BAND, rest);
  }
  const lost = ofKinds(sorted, ['instance', 'location']).filter((node) => !grouped.placed.has(node.id));
  addSection(groups, sectionId('other'), 'No known location', LAST_BAND, lost);
  const laneOf = ({ id, nodeId }: Group): LaneId => {
    const node = byId.get(nodeId ?? '');
    if (node?.kind === 'container') return node.isEntrance ? 'entrances' : 'containers';
    return laneOfSection.get(id) ?? 'places';
  };
  const all = [...grouped.groups, ...groups];
  const inLanes = lanes.map(({ id, label }) => ({
    ...newGroup(`${LANE}${id}`, null, label, 0),
    groups: all.filter((group) => laneOf(group) === id),
  }));
  return { ...newGroup('root', null, '', 0), groups: inLanes };
}

function sectionId(kind: string): string {
  return `section:${kind}`;
}

type Grouped = {
  groups: Group[];
  placed: Set<string>;
};

function byContainer(nodes: readonly Placeable[], byId: ReadonlyMap<string, Placeable>): Grouped {
  const frames = new Frames(byId);
  for (const node of nodes) if (node.kind === 'container') frames.root(node.id, bands[node.part]);
  for (const node of nodes) {
    if (node.kind === 'location') frames.root(node.id, LAST_BAND);
    const home =
      node.kind === 'instance' ? node.containerId : node.kind === 'server' ? node.locationId : null;
    const band = node.kind === 'instance' ? bands[node.part] : LAST_BAND;
    if (home !== null && byId.has(home)) frames.addCell(frames.root(home, band), node);
  }
  return frames.done();
}

function byPlace(
  nodes: readonly Placeable[],
  byId: ReadonlyMap<string, Placeable>,
  by: 'server' | 'location',
): Grouped {
  const frames = new Frames(byId);
  for (const node of nodes) if (node.kind === 'location') frames.root(node.id, 0);
  for (const node of nodes) {
    if (node.kind !== 'server' || node.locationId === null || !byId.has(node.locationId)) continue;
    const location = frames.root(node.locationId, 0);
    if (by === 'server') frames.child(location, node.id, 0);
    else frames.addCell(location, node);
  }
  const key = by === 'server' ? 'serverId' : 'containerId';
  for (const node of by === 'server' ? besideTheirContainer(nodes) : nodes) {
    if (node.kind !== 'instance' || node.locationId === null || !byId.has(node.locationId)) continue;
    const home = node[key];
    if (home === null || !byId.has(home)) continue;
    const band = by === 'server' ? 0 : bands[node.part];
    frames.addCell(frames.child(frames.root(node.locationId, 0), home, band), node);
  }
  return frames.done();
}

/** Keeps a server's instances of one container together. */
function besideTheirContainer(nodes: readonly Placeable[]): Placeable[] {
  const rank = new Map(nodes.map((node, index) => [node.id, index]));
  const rankOf = (node: Placeable) => rank.get(node.containerId ?? '') ?? -1;
  return nodes.toSorted((a, b) => rankOf(a) - rankOf(b));
}

class Frames {
  readonly #byId: ReadonlyMap<string, Placeable>;
  readonly #roots: Group[] = [];
  readonly #frames = new Map<string, Group>();
  readonly #placed = new Set<string>();

  constructor(byId: ReadonlyMap<string, Placeable>) {
    this.#byId = byId;
  }

  root(nodeId: string, band: number): Group {
    return this.#frame(nodeId, nodeId, band, this.#roots);
  }

  child(parent: Group, nodeId: string, band: number): Group {
    return this.#frame(`${parent.id}/${nodeId}`, nodeId, band, parent.groups);
  }

  addCell(group: Group, node: Placeable): void {
    this.#placed.add(node.id);
    if (node.shown) group.cells.push(node.id);
  }

  done(): Grouped {
    const sort = (groups: Group[]): Group[] => {
      for (const group of groups) group.groups = sort(group.groups);
      return sortByName(groups.map((group) => ({ id: group.id, name: group.label, group })))
        .map(({ group }) => group)
        .sort((a, b) => a.band - b.band);
    };
    return { groups: sort(this.#roots), placed: this.#placed };
  }

  #frame(path: string, nodeId: string, band: number, siblings: Group[]): Group {
    const known = this.#frames.get(path);
    if (known !== undefined) return known;
    const frame = newGroup(path, nodeId, this.#byId.get(nodeId)?.name ?? nodeId, band);
    this.#frames.set(path, frame);
    this.#placed.add(nodeId);
    siblings.push(frame);
    return frame;
  }
}

function newGroup(id: string, nodeId: string | null, label: string, band: number): Group {
  return { id, nodeId, label, band, groups: [], cells: [] };
}

function addSection(into: Group[], id: string, label: string, band: number, nodes: Placeable[]): void {
  const cells = nodes.filter((node) => node.shown).map((node) => node.id);
  if (cells.length > 0) into.push({ ...newGroup(id, null, label, band), cells });
}

function ofKinds(nodes: readonly Placeable[], kinds: readonly GraphKind[]): Placeable[] {
  return nodes.filter((node) => kinds.includes(node.kind));
}

/** Natural order (`web-2` before `web-10`), then id. */
export function sortByName<T extends { id: string; name: string }>(nodes: readonly T[]): T[] {
  return nodes
    .map((node) => ({ node, key: naturalKey(node.name) }))
    .sort((a, b) => compare(a.key, b.key) || compare(a.node.id, b.node.id))
    .map(({ node }) => node);
}

function naturalKey(name: string): string {
  return name.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
