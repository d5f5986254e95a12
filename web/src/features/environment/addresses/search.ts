import { z } from 'zod';

import { urlSearchHook } from '../../../router/url-search.ts';

export const addressesSearch = z.object({ q: z.string().optional().catch(undefined) });

export const useAddressesSearch = urlSearchHook('/addresses', addressesSearch);
