import { z } from 'zod';

import { urlSearchHook } from '../../../router/url-search.ts';
import { listSearch } from '../search.ts';

export const containersSearch = listSearch.extend({
  /** The report of an action on many that is open. */
  batch: z.string().optional().catch(undefined),
  kind: z.enum(['service', 'function', 'own']).optional().catch(undefined),
});
export type ContainersSearch = z.infer<typeof containersSearch>;

export const useContainersSearch = urlSearchHook('/containers', containersSearch);
