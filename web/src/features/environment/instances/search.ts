import { z } from 'zod';

import { urlSearchHook } from '../../../router/url-search.ts';
import { listSearch } from '../search.ts';

export const instancesSearch = listSearch.extend({
  health: z.array(z.string()).optional().catch(undefined),
  /** The report of an action on many that is open. */
  batch: z.string().optional().catch(undefined),
  group: z.enum(['container', 'server']).optional().catch(undefined),
});
export type InstancesSearch = z.infer<typeof instancesSearch>;

export const useInstancesSearch = urlSearchHook('/instances', instancesSearch);
