import { z } from 'zod';

/**
 * The robots page's address. `q`, `types` (comma-joined) and `maxlen` are named and meant as in the rerobots API;
 * `region` and `online` narrow further; `who` and `state` choose the bookings shown. A value that can't be read falls
 * away instead of failing the page.
 */
export const robotsSearch = z.object({
  q: z.coerce.string().max(200).optional().catch(undefined),
  types: z.string().max(500).optional().catch(undefined),
  maxlen: z.coerce.number().int().min(0).optional().catch(undefined),
  region: z.string().max(100).optional().catch(undefined),
  online: z.boolean().optional().catch(undefined),
  who: z.enum(['mine', 'team']).optional().catch(undefined),
  state: z.enum(['open', 'ended', 'all']).optional().catch(undefined),
  sort: z.string().max(40).optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
});
export type RobotsSearch = z.infer<typeof robotsSearch>;
