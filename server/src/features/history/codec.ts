import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress, zstdDecompressSync } from 'node:zlib';

import type { TopologyNode } from '@cyclorama/shared/topology.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** Nodes by id, each as the JSON text that the page gets. */
export type NodeTexts = ReadonlyMap<string, string>;
export type Nodes = Map<string, TopologyNode>;

type Fields = Record<string, unknown>;
/** `set`: only the fields that differ. */
type Changes = { put: Fields[]; set: [id: string, fields: Fields][]; gone: string[] };

export async function encodeFull(texts: NodeTexts): Promise<Buffer> {
  return compress(`[${[...texts.values()].join(',')}]`);
}

/** Null where nothing differs. */
export async function encodeChanges(before: NodeTexts, after: NodeTexts): Promise<Buffer | null> {
  const changes: Changes = { put: [], set: [], gone: [] };
  for (const [id, text] of after) {
    const known = before.get(id);
    if (known === text) continue;
    const node = JSON.parse(text) as Fields;
    const fields = known === undefined ? null : differing(JSON.parse(known) as Fields, node);
    if (fields === null) changes.put.push(node);
    else changes.set.push([id, fields]);
  }
  for (const id of before.keys()) if (!after.has(id)) changes.gone.push(id);
  if (changes.put.length + changes.set.length + changes.gone.length === 0) return null;
  return compress(JSON.stringify(changes));
}

/** Of the pictures from a full one on, in order. */
export async function decodePictures(bodies: readonly [full: Buffer, ...changes: Buffer[]]): Promise<Nodes> {
  const [full, ...changes] = bodies;
  const nodes: Nodes = new Map();
  for (const node of JSON.parse((await decompress(full)).toString()) as TopologyNode[])
    nodes.set(node.id, node);
  for (const body of changes) applyChanges(nodes, body);
  return nodes;
}

/** Returns the ids of what came, changed or went. */
export function applyChanges(nodes: Nodes, body: Buffer): string[] {
  // A few hundred bytes: handing it to a thread would cost more.
  const { put, set, gone } = JSON.parse(zstdDecompressSync(body).toString()) as Changes;
  for (const node of put as TopologyNode[]) nodes.set(node.id, node);
  for (const [id, fields] of set) nodes.set(id, { ...nodes.get(id), ...fields } as TopologyNode);
  for (const id of gone) nodes.delete(id);
  return [...(put as TopologyNode[]).map(({ id }) => id), ...set.map(([id]) => id), ...gone];
}

/** Null where a field came or went, which the fields alone can't tell. */
function differing(before: Fields, after: Fields): Fields | null {
  const keys = Object.keys(after);
  if (keys.length !== Object.keys(before).length) return null;
  const fields: Fields = {};
  for (const key of keys) {
    if (!Object.hasOwn(before, key)) return null;
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) fields[key] = after[key];
  }
  return fields;
}
