import { z } from 'zod';

import { isoTime } from './common.ts';

const count = z.number().int().nonnegative();
const time = z.number().int().positive();

/**
 * What a collector sends. A frame is one answer of the internal API's telemetry, `{at, telemetry}` as JSON, gzipped and
 * in base64; `base` is the frame before the first, from which its rates are counted.
 */
export const collectReport = z.strictObject({
  sentAt: time,
  startedAt: time,
  instanceId: z.string().max(100),
  version: z.string().max(100),
  /** `GET /v1/server` as it was answered. */
  server: z.looseObject({ id: z.string().min(1).max(100) }),
  /** Not acknowledged yet, these frames among it; `dropped`: samples lost because the spool was full, ever. */
  spool: z.strictObject({ frames: count, samples: count, bytes: count, dropped: count }),
  /** How reading the internal API goes. */
  reading: z.strictObject({ failingSince: time.nullable(), reason: z.string().max(500).nullable() }),
  base: z.base64().nullable(),
  frames: z.array(z.base64()).max(1000),
});
export type CollectReport = z.infer<typeof collectReport>;

/** What is acknowledged is durable. */
export const collectAnswer = z.object({
  /** How many of the frames, from the first on, are done with. */
  frames: count,
});
export type CollectAnswer = z.infer<typeof collectAnswer>;

/** Of one server: who reads its telemetry. */
const coverage = z.object({
  serverId: z.string(),
  /** Null where nobody told it. */
  hostname: z.string().nullable(),
  instances: count,
  /** `dashboard`: by a dashboard process on it. */
  by: z.enum(['collector', 'dashboard', 'nobody']),
  /** `late`: no report for half a minute; `silent`: for two minutes; `failing`: it reports, and can’t read its server. */
  state: z.enum(['reporting', 'failing', 'late', 'silent', 'none']),
  since: isoTime.nullable(),
  lastReportAt: isoTime.nullable(),
  lastSampleAt: isoTime.nullable(),
  instanceId: z.string().nullable(),
  version: z.string().nullable(),
  /** Samples that wait at the collector, and those it lost because its spool was full. */
  waiting: count,
  dropped: count,
  /** Why it can't read. */
  reason: z.string().nullable(),
});
export type Coverage = z.infer<typeof coverage>;

export const collectorsResponse = z.object({
  /** False where no COLLECT_SECRET is set: reports are refused. */
  isConfigured: z.boolean(),
  servers: z.array(coverage),
});
export type CollectorsResponse = z.infer<typeof collectorsResponse>;
