import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

export const variablesSearch = z.object({
  q: z.string().optional().catch(undefined),
  /** Name of the variable whose value is asked for; it is shown only by a press. */
  show: z.string().optional().catch(undefined),
});

export const useVariablesSearch = urlSearchHook('/variables', variablesSearch);
