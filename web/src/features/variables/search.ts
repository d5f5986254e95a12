import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

const variablesSearch = z.object({ q: z.string().optional().catch(undefined) });

export const useVariablesSearch = urlSearchHook('/variables', variablesSearch);
