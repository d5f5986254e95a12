import { fromNodeColumns, toLayoutColumns } from './columns.ts';
import type { LayoutReply, LayoutRequest } from './columns.ts';
import { groupNodes } from './group.ts';
import { layoutGroups } from './layout.ts';
import type { Layout } from './layout.ts';

/** Keeps the last layout, so that nodes keep their places in the next one. */
export function createLayoutEngine(): (request: LayoutRequest) => LayoutReply {
  let last: Layout | undefined;
  return ({ request, nodes, by, aspect, keep }) => {
    const placeable = fromNodeColumns(nodes);
    last = layoutGroups(groupNodes(placeable, by), { aspect }, keep ? last : undefined);
    const order = placeable.map((node) => node.id);
    return { request, layout: toLayoutColumns(last, order) };
  };
}
