import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

/** What is typed into a form is not among it: it may be secret. */
export const explorerSearch = z.object({
  q: z.string().optional().catch(undefined),
  upstream: z.enum(['cycle', 'scheduler', 'rerobots', 'platform']).optional().catch(undefined),
  kind: z.enum(['reads', 'changes']).optional().catch(undefined),
  /** Id of the operation that is open. */
  operation: z.string().optional().catch(undefined),
});
export type ExplorerSearch = z.infer<typeof explorerSearch>;

export const useExplorerSearch = urlSearchHook('/explorer', explorerSearch);
