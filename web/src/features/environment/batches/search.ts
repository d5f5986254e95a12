import { z } from 'zod';

import { urlSearchHook } from '../../../router/url-search.ts';

export const batchesSearch = z.object({
  /** The report that is open. */
  batch: z.string().optional().catch(undefined),
});

export const useBatchesSearch = urlSearchHook('/activity/batches', batchesSearch);
