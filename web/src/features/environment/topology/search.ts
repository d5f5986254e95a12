import { z } from 'zod';

import { urlSearchHook } from '../../../router/url-search.ts';
import type { FillBy } from './graph/fills.ts';

const fills = ['state', 'cpu', 'memory', 'version', 'age'] as const satisfies FillBy[];

/** Lists are comma-separated. An invalid value is dropped instead of failing the page. */
export const topologySearch = z.object({
  /** Containers when absent. */
  group: z.enum(['container', 'server', 'location']).optional().catch(undefined),
  /** Matched against name, id and addresses; dims everything else. */
  q: z.string().max(200).optional().catch(undefined),
  /** States as the upstream names them. */
  state: z.string().max(500).optional().catch(undefined),
  health: z.string().max(100).optional().catch(undefined),
  kind: z.string().max(200).optional().catch(undefined),
  /** Only what needs or will need a person. */
  problems: z.enum(['only']).optional().catch(undefined),
  /** What the colour of a cell shows; its state when absent. */
  fill: z.enum(fills).optional().catch(undefined),
  select: z.string().max(100).optional().catch(undefined),
  view: z.enum(['picture', 'table']).optional().catch(undefined),
  /** The table's column and direction: `name.desc`. */
  sort: z.string().max(50).optional().catch(undefined),
});
export type TopologySearch = z.infer<typeof topologySearch>;

export const useTopologySearch = urlSearchHook('/topology', topologySearch);
