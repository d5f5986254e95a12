import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

const monitoringSearch = z.object({
  view: z.enum(['metric', 'event', 'load-balancer']).optional().catch(undefined),
});

export const useMonitoringSearch = urlSearchHook('/monitoring', monitoringSearch);
