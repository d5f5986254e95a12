import type { DeploymentsQuery } from '@cyclorama/shared/robots.ts';
import { z } from 'zod';

import { timeRangeShape } from '../../router/time-range-search.ts';
import { urlSearchHook } from '../../router/url-search.ts';

// Repeated here, checked by the compiler: importing the contract would add it to the first load.
const orders = [
  'inc_wtype',
  'dec_wtype',
  'inc_created',
  'dec_created',
  'inc_count',
  'dec_count',
] as const satisfies readonly NonNullable<DeploymentsQuery['sort_by']>[];

/**
 * `q`, `types` (comma-separated), `maxlen`, `sort_by`, `max_per_page` and `page` mean the same as in the rerobots API;
 * `region`, `addon` and `online` filter further, `sort` and `dir` order by a column the API can't order by; `who` and
 * `state` filter bookings; `view` and `span` are the tab and its usage's time. An invalid value is dropped instead of failing
 * the page.
 */
export const robotsSearch = z.object({
  q: z.coerce.string().max(200).optional().catch(undefined),
  types: z.string().max(500).optional().catch(undefined),
  maxlen: z
    .union([z.literal('u'), z.coerce.number().int().min(0)])
    .optional()
    .catch(undefined),
  region: z.string().max(100).optional().catch(undefined),
  online: z.boolean().optional().catch(undefined),
  addon: z.string().max(100).optional().catch(undefined),
  view: z.enum(['robots', 'timeline', 'team']).optional().catch(undefined),
  span: z.enum(['day', 'week', 'month']).optional().catch(undefined),
  ...timeRangeShape,
  sort_by: z.enum(orders).optional().catch(undefined),
  max_per_page: z.coerce.number().int().min(1).max(500).optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
  who: z.enum(['mine', 'team']).optional().catch(undefined),
  state: z.enum(['open', 'ended', 'all']).optional().catch(undefined),
  sort: z.string().max(40).optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
});
export type RobotsSearch = z.infer<typeof robotsSearch>;

export const useRobotsSearch = urlSearchHook('/robots', robotsSearch);
