import type { DifferenceItem } from '@cyclorama/shared/history.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import type { Nodes } from './codec.ts';

/** They accompany a change of something else, or tell only since when. */
const ACCOMPANYING = new Set(['healthSince', 'healthAtLeast', 'readySince', 'readyAtLeast', 'locationId']);

type Names = { before: Nodes; after: Nodes };

/** What came first, then what went, moved and changed; each by kind and name. */
export function differenceOf(before: Nodes, after: Nodes): DifferenceItem[] {
  const items: DifferenceItem[] = [];
  for (const node of after.values()) {
    const old = before.get(node.id);
    if (old === undefined) items.push(itemOf(node, 'came', []));
    else {
      const fields = fieldsThatDiffer(old, node, { before, after });
      const moved = fields.some(({ field }) => field === 'serverId');
      if (fields.length > 0) items.push(itemOf(node, moved ? 'moved' : 'changed', fields));
    }
  }
  for (const node of before.values()) if (!after.has(node.id)) items.push(itemOf(node, 'went', []));
  const rank = { came: 0, went: 1, moved: 2, changed: 3 };
  const order = ({ change, kind, name, id }: DifferenceItem): string =>
    [rank[change], kind, name, id].join('\u0000');
  return items
    .map((item) => ({ item, key: order(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ item }) => item);
}

function itemOf(
  { id, kind, name }: TopologyNode,
  change: DifferenceItem['change'],
  fields: DifferenceItem['fields'],
): DifferenceItem {
  return { id, kind, name, change, fields };
}

function fieldsThatDiffer(old: TopologyNode, node: TopologyNode, names: Names): DifferenceItem['fields'] {
  const [was, is] = [Object(old) as Record<string, unknown>, Object(node) as Record<string, unknown>];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((field) => !ACCOMPANYING.has(field))
    .map((field) => ({
      field,
      before: textOf(was[field], names.before),
      after: textOf(is[field], names.after),
    }))
    .filter(({ before, after }) => before !== after);
}

function textOf(value: unknown, nodes: Nodes): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return nodes.get(value)?.name ?? value;
  if (Array.isArray(value)) return value.map((each) => textOf(each, nodes)).join(', ');
  if (typeof value === 'object') return stateText(value) ?? JSON.stringify(value);
  return JSON.stringify(value);
}

/** Without its time: a restart between two minutes shows by `startedAt`. */
function stateText(value: object): string | null {
  if (!('current' in value)) return null;
  const { current, error } = value as { current: string; error: string | null };
  return error === null ? current : `${current}: ${error}`;
}
