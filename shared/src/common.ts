import { z } from 'zod';

/** RFC 3339, UTC. An upstream "never" (year 1) is null here. */
export const isoTime = z.string();

export const role = z.enum(['viewer', 'operator', 'admin']);
export type Role = z.infer<typeof role>;

export const upstreamName = z.enum(['cycle', 'scheduler', 'rerobots', 'platform']);
export type UpstreamName = z.infer<typeof upstreamName>;

/**
 * `live`: the last read succeeded. `stale`: the last good value; reads have failed since `failingSince`. `unavailable`:
 * nothing was ever read. `unconfigured`: no address or credentials.
 */
export const freshness = z.object({
  state: z.enum(['live', 'stale', 'unavailable', 'unconfigured']),
  asOf: isoTime.nullable(),
  failingSince: isoTime.nullable(),
  /** One sentence: what is wrong and what it means for the reader. Null when live. */
  reason: z.string().nullable(),
  /** `missing`: they were set before and are gone. */
  credentials: z.enum(['missing', 'refused']).optional(),
  /** Parts that can't be read, one sentence each; the others are as `state` says. */
  parts: z
    .array(
      z.object({
        name: z.string(),
        reason: z.string(),
        /** Missing scope of `config.runtime.internal_api.scope`. */
        needsScope: z.string().optional(),
      }),
    )
    .optional(),
});
export type Freshness = z.infer<typeof freshness>;

export const upstreamStatus = freshness.extend({
  name: upstreamName,
  label: z.string(),
  /** Calls left in the upstream's rate-limit window, if it reports them. */
  budget: z
    .object({
      limit: z.number(),
      remaining: z.number(),
      resetsAt: isoTime,
      /** What the remaining calls are reserved for, from least to most restrictive. */
      keptFor: z.enum(['everything', 'bookings', 'acts', 'terminations']).optional(),
    })
    .nullable(),
});
export type UpstreamStatus = z.infer<typeof upstreamStatus>;

export const upstreamsResponse = z.object({ upstreams: z.array(upstreamStatus) });
export type UpstreamsResponse = z.infer<typeof upstreamsResponse>;

/** Stored with the resource it happened to: a stable code and a sentence for people. */
export const failure = z.object({ code: z.string(), message: z.string() });
export type Failure = z.infer<typeof failure>;
