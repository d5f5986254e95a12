import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

export const alertsSearch = z.object({
  view: z.enum(['over', 'rules', 'deliveries']).optional().catch(undefined),
  q: z.string().optional().catch(undefined),
});

export const useAlertsSearch = urlSearchHook('/alerts', alertsSearch);
