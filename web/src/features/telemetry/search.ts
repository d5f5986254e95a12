import { z } from 'zod';

import { urlSearchHook } from '../../router/url-search.ts';

/** The ranges that end now and follow the live tail. */
export const rangeNames = ['1h', '6h', '24h', '7d'] as const;
export type RangeName = (typeof rangeNames)[number];

/**
 * The telemetry page's address: what is looked at (`instance` or `container`), since when (`range`, or `from`
 * and `to` in epoch milliseconds after zooming) and what is laid beside it (`compare`: instance ids, comma-joined).
 * A value that can't be read falls away instead of failing the page.
 */
export const telemetrySearch = z.object({
  container: z.string().max(100).optional().catch(undefined),
  instance: z.string().max(100).optional().catch(undefined),
  range: z.enum(rangeNames).optional().catch(undefined),
  from: z.number().int().positive().optional().catch(undefined),
  to: z.number().int().positive().optional().catch(undefined),
  compare: z.string().max(2000).optional().catch(undefined),
});
export type TelemetrySearch = z.infer<typeof telemetrySearch>;

/** Each change is a step that Back undoes: ranges and targets are walked through. */
export const useTelemetrySearch = urlSearchHook('/telemetry', telemetrySearch, { history: 'push' });
