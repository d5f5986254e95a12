import { z } from 'zod';

import { urlSearchHook } from '../../../router/url-search.ts';

/** What the list of instances keeps in its URL. */
export const instancesSearch = z.object({
  q: z.coerce.string().optional().catch(undefined),
  state: z.array(z.string()).optional().catch(undefined),
  health: z.array(z.string()).optional().catch(undefined),
  group: z.enum(['container', 'server']).optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
  hide: z.array(z.string()).optional().catch(undefined),
});
export type InstancesSearch = z.infer<typeof instancesSearch>;

export const useInstancesSearch = urlSearchHook('/instances', instancesSearch);
