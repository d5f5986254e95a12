import { z } from 'zod';

/** RFC 3339 time in UTC. Upstream "never" values (year 1) are null on this side. */
export const isoTime = z.string();

export const role = z.enum(['viewer', 'operator', 'admin']);
export type Role = z.infer<typeof role>;

export const upstreamName = z.enum(['cycle', 'scheduler', 'rerobots', 'platform']);
export type UpstreamName = z.infer<typeof upstreamName>;

/**
 * How fresh something read from an upstream is.
 * - `live`: the last read worked. - `stale`: the last good value is shown, the upstream fails since `failingSince`.
 * - `unavailable`: nothing was ever read. - `unconfigured`: no address or credentials were given.
 */
export const freshness = z.object({
  state: z.enum(['live', 'stale', 'unavailable', 'unconfigured']),
  asOf: isoTime.nullable(),
  failingSince: isoTime.nullable(),
  /** One plain sentence: what is wrong and what it means for the reader. Null when live. */
  reason: z.string().nullable(),
  /** What is wrong with the credentials, where that is known; `missing`: there were some before, and they are gone. */
  credentials: z.enum(['missing', 'refused']).optional(),
  /** Parts that can't be read, each with a sentence; all others are as `state` says. Absent where there are none. */
  parts: z
    .array(
      z.object({
        name: z.string(),
        reason: z.string(),
        /** The scope of `config.runtime.internal_api.scope` that the dashboard's container lacks for it. */
        needsScope: z.string().optional(),
      }),
    )
    .optional(),
});
export type Freshness = z.infer<typeof freshness>;

export const upstreamStatus = freshness.extend({
  name: upstreamName,
  label: z.string(),
  /** Calls left in the upstream's own rate-limit window, where it tells. */
  budget: z
    .object({
      limit: z.number(),
      remaining: z.number(),
      resetsAt: isoTime,
      /** What the calls that are left are kept for: each word leaves out what the one before it still has. */
      keptFor: z.enum(['everything', 'bookings', 'acts', 'terminations']).optional(),
    })
    .nullable(),
});
export type UpstreamStatus = z.infer<typeof upstreamStatus>;

export const upstreamsResponse = z.object({ upstreams: z.array(upstreamStatus) });
export type UpstreamsResponse = z.infer<typeof upstreamsResponse>;

/** A failure kept with the thing it happened to: a stable code and a sentence for people. */
export const failure = z.object({ code: z.string(), message: z.string() });
export type Failure = z.infer<typeof failure>;
