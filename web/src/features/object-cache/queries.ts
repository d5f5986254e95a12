import { cacheEntry, cachePutResponse } from '@cyclorama/shared/object-cache.ts';
import type { CachePut, CacheQuery } from '@cyclorama/shared/object-cache.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';

import { api, withQuery } from '../../api/http.ts';
import { useChange } from '../../api/use-change.ts';

/** Asked for by a press, and kept no longer than it is shown: programs keep secrets there. */
export const useReadEntry = () =>
  useChange({
    change: (query: CacheQuery) => api.get(withQuery(environmentPaths.objectCache(), query), cacheEntry),
    gcTime: 0,
  });

export const usePutEntry = () =>
  useChange({
    change: (entry: CachePut) => api.post(environmentPaths.objectCache(), entry, cachePutResponse),
    gcTime: 0,
  });
