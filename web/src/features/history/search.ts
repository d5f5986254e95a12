import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

const moment = z.coerce.number().int().positive().optional().catch(undefined);

export const differenceSearch = z.object({
  /** Epoch milliseconds; without `after`, up to now. */
  before: moment,
  after: moment,
  q: z.coerce.string().optional().catch(undefined),
  change: z.array(z.string()).optional().catch(undefined),
});
export const useDifferenceSearch = urlSearchHook('/difference', differenceSearch);
