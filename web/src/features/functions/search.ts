import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

/**
 * `view` tab, `who`/`owner`, `state`, `container`, `batch`, search `q` and sort. An invalid value is dropped instead of
 * failing the page.
 */
export const functionsSearch = z.object({
  view: z.enum(['pools', 'claims', 'batches', 'durations']).optional().catch(undefined),
  who: z.enum(['mine', 'all']).optional().catch(undefined),
  owner: z.coerce.string().max(200).optional().catch(undefined),
  state: z.enum(['open', 'ended', 'all']).optional().catch(undefined),
  container: z.string().max(24).optional().catch(undefined),
  batch: z.string().max(64).optional().catch(undefined),
  q: z.coerce.string().max(200).optional().catch(undefined),
  sort: z.string().max(40).optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
});
export type FunctionsSearch = z.infer<typeof functionsSearch>;
export type FunctionsView = NonNullable<FunctionsSearch['view']>;

export const useFunctionsSearch = urlSearchHook('/functions', functionsSearch);

/** A filter without a view means claims; nothing at all means pools. */
export function viewOf({ view, ...filter }: FunctionsSearch): FunctionsView {
  if (view !== undefined) return view;
  return Object.values(filter).some((value) => value !== undefined) ? 'claims' : 'pools';
}
