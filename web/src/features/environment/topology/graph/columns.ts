import type { GraphKind, GraphNode, Part } from './build.ts';
import type { GroupBy, Placeable } from './group.ts';
import type { Frame, Layout } from './layout.ts';

const kinds: GraphKind[] = [
  'hub',
  'environment',
  'container',
  'instance',
  'server',
  'location',
  'virtual-machine',
  'network',
  'ip',
  'domain',
  'robot',
];
const parts: Part[] = ['plain', 'service', 'function'];
const kindNumber = new Map(kinds.map((kind, at) => [kind, at]));
/** Unit separator: cannot occur in an upstream name. */
const separator = '\u001F';

/** Nodes as flat columns: posting them to the worker copies memory instead of cloning thousands of objects. */
export type NodeColumns = {
  ids: string;
  names: string;
  /** Per node: kind, part, shown, entrance. */
  traits: Uint8Array<ArrayBuffer>;
  /** Per node: index of its container, server and location; -1 for none. */
  references: Int32Array<ArrayBuffer>;
};

export type LayoutRequest = {
  request: number;
  nodes: NodeColumns;
  by: GroupBy;
  aspect: number;
  /** True keeps the places of the previous layout. */
  keep: boolean;
};

export type LayoutColumns = {
  width: number;
  height: number;
  heading: number;
  frames: Frame[];
  node: Uint32Array<ArrayBuffer>;
  x: Float32Array<ArrayBuffer>;
  y: Float32Array<ArrayBuffer>;
};

export type LayoutReply = {
  request: number;
  layout: LayoutColumns;
};

export function toNodeColumns(
  nodes: readonly GraphNode[],
  shown: Pick<ReadonlySet<string>, 'has'>,
): NodeColumns {
  const index = new Map<string, number>();
  for (const [at, node] of nodes.entries()) index.set(node.id, at);
  const traits = new Uint8Array(nodes.length * 4);
  const references = new Int32Array(nodes.length * 3);
  const reference = (id: string | null) => (id === null ? -1 : (index.get(id) ?? -1));
  nodes.forEach((node, at) => {
    traits[at * 4] = kindNumber.get(node.kind) ?? 0;
    traits[at * 4 + 1] = parts.indexOf(node.part);
    traits[at * 4 + 2] = shown.has(node.id) ? 1 : 0;
    traits[at * 4 + 3] = node.isEntrance ? 1 : 0;
    references[at * 3] = reference(node.containerId);
    references[at * 3 + 1] = reference(node.serverId);
    references[at * 3 + 2] = reference(node.locationId);
  });
  const ids = nodes.map((node) => node.id).join(separator);
  const names = nodes
    .map(({ name }) => (name.includes(separator) ? name.replaceAll(separator, ' ') : name))
    .join(separator);
  return { ids, names, traits, references };
}

export function fromNodeColumns(columns: NodeColumns): Placeable[] {
  if (columns.traits.length === 0) return [];
  const ids = columns.ids.split(separator);
  const names = columns.names.split(separator);
  const reference = (at: number) => ids[columns.references[at] ?? -1] ?? null;
  return ids.map((id, at) => ({
    id,
    name: names[at] ?? id,
    kind: kinds[columns.traits[at * 4] ?? 0] ?? 'instance',
    part: parts[columns.traits[at * 4 + 1] ?? 0] ?? 'plain',
    shown: columns.traits[at * 4 + 2] === 1,
    isEntrance: columns.traits[at * 4 + 3] === 1,
    containerId: reference(at * 3),
    serverId: reference(at * 3 + 1),
    locationId: reference(at * 3 + 2),
  }));
}

export function toLayoutColumns(layout: Layout, order: readonly string[]): LayoutColumns {
  const index = new Map(order.map((id, at) => [id, at]));
  return {
    width: layout.width,
    height: layout.height,
    heading: layout.heading,
    frames: layout.frames,
    node: Uint32Array.from(layout.cells, (cell) => index.get(cell.id) ?? 0),
    x: Float32Array.from(layout.cells, (cell) => cell.x),
    y: Float32Array.from(layout.cells, (cell) => cell.y),
  };
}
