import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

export const teamSearch = z.object({
  /** Whose sheet is open. */
  person: z.string().optional().catch(undefined),
});

export const useTeamSearch = urlSearchHook('/team', teamSearch);
