import { cacheEntry, cachePut, cachePutResponse, cacheQuery } from '@cyclorama/shared/object-cache.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { ObjectCacheService } from './service.ts';

export function objectCacheRoutes(cache: ObjectCacheService): Route[] {
  return [
    route({
      method: 'get',
      path: environmentPaths.objectCache(),
      summary: 'One entry of the object cache, by scope and key',
      role: 'operator',
      // Programs keep tokens there.
      sessionOnly: true,
      noStore: true,
      query: cacheQuery,
      response: cacheEntry,
      handler: ({ query }) => cache.get(query),
    }),
    route({
      method: 'post',
      path: environmentPaths.objectCache(),
      summary: 'Puts an entry into the object cache for a time',
      role: 'operator',
      body: cachePut,
      response: cachePutResponse,
      onRepeat: 'harmless',
      handler: ({ body, person }) => cache.put(body, person),
    }),
  ];
}
