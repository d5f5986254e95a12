import { z } from 'zod';

/** What the activity page keeps in its URL. */
export const activitySearch = z.object({
  actor: z.string().optional().catch(undefined),
  action: z.string().optional().catch(undefined),
  subject: z.string().optional().catch(undefined),
});
export type ActivitySearch = z.infer<typeof activitySearch>;
