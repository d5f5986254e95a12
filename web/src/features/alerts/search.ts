import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

export const alertsSearch = z.object({
  view: z.enum(['over', 'rules', 'deliveries']).optional().catch(undefined),
  /** The one that is opened beside the list. */
  alert: z.string().max(100).optional().catch(undefined),
  q: z.string().optional().catch(undefined),
});

export type AlertsSearch = z.infer<typeof alertsSearch>;

export const useAlertsSearch = urlSearchHook('/alerts', alertsSearch);
