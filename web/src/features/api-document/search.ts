import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

export const apiDocumentSearch = z.object({
  q: z.string().optional().catch(undefined),
  /** Id of the operation that is open. */
  operation: z.string().optional().catch(undefined),
});

export const useApiDocumentSearch = urlSearchHook('/access-tokens/api', apiDocumentSearch);
