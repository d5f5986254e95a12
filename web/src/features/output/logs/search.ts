import { z } from 'zod';

import { timeRangeShape } from '../../../router/time-range-search.ts';
import { urlSearchHook } from '../../../router/url-search.ts';

/** What is not here stays in the address. */
const logsSearch = z.looseObject({
  ...timeRangeShape,
  find: z.string().min(1).max(200).optional().catch(undefined),
  by: z.literal('regexp').optional().catch(undefined),
  stream: z.string().max(20).optional().catch(undefined),
  wrap: z.literal('no').optional().catch(undefined),
});

export const useLogsSearch = urlSearchHook('.', logsSearch);
