import { activityOutcome, activityWay } from '@cyclorama/shared/activity.ts';
import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

export const activitySearch = z.object({
  actor: z.string().optional().catch(undefined),
  action: z.string().optional().catch(undefined),
  subject: z.string().optional().catch(undefined),
  outcome: activityOutcome.optional().catch(undefined),
  way: activityWay.optional().catch(undefined),
  from: z.iso.datetime().optional().catch(undefined),
  to: z.iso.datetime().optional().catch(undefined),
  q: z.string().optional().catch(undefined),
});
export type ActivitySearch = z.infer<typeof activitySearch>;

export const useActivitySearch = urlSearchHook('/activity', activitySearch);
