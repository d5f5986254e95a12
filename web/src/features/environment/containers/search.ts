import { z } from 'zod';

import { urlSearchHook } from '../../../router/url-search.ts';
import { listSearch } from '../search.ts';

export const containersSearch = listSearch.extend({
  kind: z.enum(['service', 'function', 'own']).optional().catch(undefined),
});
export type ContainersSearch = z.infer<typeof containersSearch>;

export const useContainersSearch = urlSearchHook('/containers', containersSearch);
