import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

const notificationsSearch = z.object({
  q: z.string().optional().catch(undefined),
  /** The first part of a topic: `container`. */
  about: z.string().optional().catch(undefined),
});

export const useNotificationsSearch = urlSearchHook('/notifications', notificationsSearch);
