import type { TopologyNode } from '@cyclorama/shared/topology.ts';
import type { Kysely } from 'kysely';

import type { Database } from '../../store/schema.ts';
import { picturesBetween, picturesFor, recordedSpans } from '../../store/topology-history.ts';
import { applyChanges, decodePictures } from './codec.ts';
import type { Nodes } from './codec.ts';

const AT_ONCE = 500;

/** `node` null: it is gone from `at` on. */
type Visit = (at: number, id: string, node: TopologyNode | null) => void;
/** Resolves with the first minute it could tell of; null where nothing is on record. */
export type WalkHistory = (span: { from: number; to: number }, visit: Visit) => Promise<number | null>;

/** Every node as it was at first, then each change in the order of time; one node that changes costs one visit. */
export async function walkHistory(
  db: Kysely<Database>,
  { from, to }: { from: number; to: number },
  visit: Visit,
): Promise<number | null> {
  const [first] = (await recordedSpans(db)).filter(({ until }) => until >= from);
  if (first === undefined || first.from > to) return null;
  const begin = Math.max(from, first.from);
  const [full, ...changes] = (await picturesFor(db, begin)).map(({ body }) => body);
  if (full === undefined) return null;
  let nodes: Nodes = await decodePictures([full, ...changes]);
  for (const node of nodes.values()) visit(begin, node.id, node);
  let reached = begin;
  for (;;) {
    const pictures = await picturesBetween(db, { from: reached, to, limit: AT_ONCE });
    for (const { at, is_full: isFull, body } of pictures) {
      reached = at;
      if (isFull === 1) {
        const next = await decodePictures([body]);
        for (const id of nodes.keys()) if (!next.has(id)) visit(at, id, null);
        nodes = next;
        for (const node of nodes.values()) visit(at, node.id, node);
      } else {
        for (const id of applyChanges(nodes, body)) visit(at, id, nodes.get(id) ?? null);
      }
    }
    if (pictures.length < AT_ONCE) return begin;
  }
}
