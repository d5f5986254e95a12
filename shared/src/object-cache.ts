import { z } from 'zod';

import { isoTime } from './common.ts';
import { cycleBodies } from './upstream-bodies.ts';
import { cycleQueries } from './upstream-queries.ts';

export const cacheQuery = z.object(cycleQueries.cacheEntry);
export type CacheQuery = z.infer<typeof cacheQuery>;
export const cacheScopes = cacheQuery.shape.scope.options;

/** The same for the route and the proxy. */
export const cachePut = cycleBodies.cacheEntry;
export type CachePut = z.infer<typeof cachePut>;

export const cacheEntry = z.object({
  scope: z.string(),
  key: z.string(),
  value: z.string(),
  /** The lifetime it was put with, as `15m`; when it ends Cycle does not say. */
  expires: z.string(),
  readAt: isoTime,
});
export type CacheEntry = z.infer<typeof cacheEntry>;

export const cachePutResponse = z.object({ scope: z.string(), key: z.string(), expires: z.string() });
export type CachePutResponse = z.infer<typeof cachePutResponse>;
