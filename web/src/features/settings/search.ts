import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

const settingsSearch = z.object({
  view: z.enum(['environment', 'load-balancer', 'metadata']).optional().catch(undefined),
});
export const useSettingsSearch = urlSearchHook('/settings', settingsSearch);

const hubSearch = z.object({
  identifier: z.string().optional().catch(undefined),
  vendor: z.string().optional().catch(undefined),
});
export type LookedFor = z.infer<typeof hubSearch>;
export const useHubSearch = urlSearchHook('/hub', hubSearch, { history: 'push' });
