import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

export const rangeNames = ['1h', '6h', '24h', '7d'] as const;
export type RangeName = (typeof rangeNames)[number];

/**
 * `from` and `to` are epoch milliseconds and override `range`; `compare` is instance ids, comma-separated. An invalid
 * value is dropped instead of failing the page, and what else the page keeps in its address stays.
 */
export const telemetrySearch = z.looseObject({
  container: z.string().max(100).optional().catch(undefined),
  instance: z.string().max(100).optional().catch(undefined),
  range: z.enum(rangeNames).optional().catch(undefined),
  from: z.number().int().positive().optional().catch(undefined),
  to: z.number().int().positive().optional().catch(undefined),
  compare: z.string().max(2000).optional().catch(undefined),
});
export type TelemetrySearch = z.infer<typeof telemetrySearch>;

/** On any page with charts. Each change is a history entry that Back undoes. */
export const useTelemetrySearch = urlSearchHook('.', telemetrySearch, { history: 'push' });
