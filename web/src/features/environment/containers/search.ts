import { z } from 'zod';

import { urlSearchHook } from '../../../router/url-search.ts';

/** What the list of containers keeps in its URL. */
export const containersSearch = z.object({
  q: z.coerce.string().optional().catch(undefined),
  state: z.array(z.string()).optional().catch(undefined),
  kind: z.enum(['service', 'function', 'own']).optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
  hide: z.array(z.string()).optional().catch(undefined),
});
export type ContainersSearch = z.infer<typeof containersSearch>;

export const useContainersSearch = urlSearchHook('/containers', containersSearch);
