import { z } from 'zod';

import { isoTime } from './common.ts';

/** A page's state in its address, under a name. */
export const savedView = z.object({
  id: z.string(),
  owner: z.string(),
  name: z.string(),
  /** The address from `?` on, without it. */
  search: z.string(),
  /** The whole team sees it. Only its owner, or an admin, changes it. */
  shared: z.boolean(),
  createdAt: isoTime,
});
export type SavedView = z.infer<typeof savedView>;

/** Yours, and those the team shares. */
export const viewsResponse = z.object({ views: z.array(savedView) });
export type ViewsResponse = z.infer<typeof viewsResponse>;

const LONGEST_SEARCH = 2000;

export const viewRequest = z.strictObject({
  name: z.string().trim().min(1, 'expected a name').max(60),
  search: z
    .string()
    .max(LONGEST_SEARCH, `expected at most ${LONGEST_SEARCH} characters`)
    .regex(/^[^#\s]*$/, 'expected what follows the ? of an address'),
  shared: z.boolean().default(false),
});
export type ViewRequest = z.infer<typeof viewRequest>;

/** Ids of nodes, the first pinned first. */
export const pinsResponse = z.object({ pins: z.array(z.string()) });
export type PinsResponse = z.infer<typeof pinsResponse>;
