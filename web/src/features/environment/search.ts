import { z } from 'zod';

export const listSearch = z.object({
  q: z.coerce.string().optional().catch(undefined),
  state: z.array(z.string()).optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
  hide: z.array(z.string()).optional().catch(undefined),
});
export type ListSearch = z.infer<typeof listSearch>;
