import { z } from 'zod';

import { urlSearchHook } from '../../../router/url-search.ts';

/**
 * What the topology page keeps in its address, so that any view of it can be linked to. Lists are comma-separated.
 * A value that doesn't fit is dropped instead of failing the page.
 */
export const topologySearch = z.object({
  /** What instances are grouped by; containers when absent. */
  group: z.enum(['container', 'server', 'location']).optional().catch(undefined),
  /** Text that must occur in a node's name, id or address; dims everything else. */
  q: z.string().max(200).optional().catch(undefined),
  /** States as the upstream names them. */
  state: z.string().max(500).optional().catch(undefined),
  health: z.string().max(100).optional().catch(undefined),
  kind: z.string().max(200).optional().catch(undefined),
  /** Id of the selected node. */
  select: z.string().max(100).optional().catch(undefined),
  view: z.enum(['picture', 'table']).optional().catch(undefined),
  /** The table's column and direction: `name.desc`. */
  sort: z.string().max(50).optional().catch(undefined),
});
export type TopologySearch = z.infer<typeof topologySearch>;

export const useTopologySearch = urlSearchHook('/topology', topologySearch);
