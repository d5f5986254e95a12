import { activityOutcome, activityWay } from '@cyclorama/shared/activity.ts';
import { timelineKind, timelineOutcome } from '@cyclorama/shared/timeline-filters.ts';
import { z } from 'zod';

import { timeRangeShape } from '../../router/time-range-search.ts';
import { urlSearchHook } from '../../router/url-search.ts';

export const activitySearch = z.object({
  /** The record where only that can be narrowed so, else the timeline. */
  view: z.enum(['timeline', 'record']).optional().catch(undefined),
  kind: timelineKind.optional().catch(undefined),
  actor: z.string().optional().catch(undefined),
  action: z.string().optional().catch(undefined),
  subject: z.string().optional().catch(undefined),
  outcome: z
    .enum([...activityOutcome.options, ...timelineOutcome.options])
    .optional()
    .catch(undefined),
  way: activityWay.optional().catch(undefined),
  ...timeRangeShape,
  q: z.string().optional().catch(undefined),
});
export type ActivitySearch = z.infer<typeof activitySearch>;

export const useActivitySearch = urlSearchHook('/activity', activitySearch);

export const viewOf = ({ view, action, way, q }: ActivitySearch): 'timeline' | 'record' =>
  view ?? ((action ?? way ?? q) === undefined ? 'timeline' : 'record');
