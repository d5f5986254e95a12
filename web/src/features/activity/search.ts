import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

export const activitySearch = z.object({
  actor: z.string().optional().catch(undefined),
  action: z.string().optional().catch(undefined),
  subject: z.string().optional().catch(undefined),
});
export type ActivitySearch = z.infer<typeof activitySearch>;

export const useActivitySearch = urlSearchHook('/activity', activitySearch);
