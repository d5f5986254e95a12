import { z } from 'zod';

import { freshness, isoTime } from './common.ts';

/**
 * Rates and levels; counter resets are handled on the server. `cpu`: per cent of one core · `throttled`: per cent of
 * periods throttled · `memory`, `memoryLimit`, `swap`, `cache`: bytes; a limit above the host's memory is none ·
 * `memoryLimitHits`: allocations that hit the limit, per second · `receive`/`transmit`: bytes per second of all
 * interfaces, and of private and public ones separately · `networkErrors`/`networkDrops`: packets per second, both
 * directions · `processes`: count.
 */
export const measure = z.enum([
  'cpu',
  'throttled',
  'memory',
  'memoryLimit',
  'receive',
  'transmit',
  'processes',
  'swap',
  'cache',
  'memoryLimitHits',
  'receivePrivate',
  'transmitPrivate',
  'receivePublic',
  'transmitPublic',
  'networkErrors',
  'networkDrops',
]);
export type Measure = z.infer<typeof measure>;

/** `from`/`to`: epoch milliseconds; `points`: most points per series. */
export const telemetryQuery = z.object({
  from: z.coerce.number().int().positive(),
  to: z.coerce.number().int().positive(),
  points: z.coerce.number().int().min(2).max(1000).default(150),
});
export type TelemetryQuery = z.infer<typeof telemetryQuery>;

/** One column per measure beside `times`; null is a gap (not measured), never zero. */
export const series = z.object({
  /** Instance id, or container id for a container's sum. */
  id: z.string(),
  name: z.string(),
  values: z.partialRecord(measure, z.array(z.number().nullable())),
});
export type Series = z.infer<typeof series>;

/** A container's answer has one series per instance. */
export const telemetryResponse = z.object({
  /** `asOf`: the last good read of any samples, not necessarily of these series. */
  freshness,
  from: z.number(),
  to: z.number(),
  /** Width of a point in milliseconds; each is the mean of its bucket. */
  stepMs: z.number(),
  /** The upstream's sampling interval. */
  intervalMs: z.number(),
  /** Start of each bucket, epoch milliseconds. */
  times: z.array(z.number()),
  series: z.array(series),
  /** The upstream measures only instances on the dashboard's own server; these run elsewhere. */
  notMeasured: z.array(z.string()),
  latestAt: isoTime.nullable(),
});
export type TelemetryResponse = z.infer<typeof telemetryResponse>;

export const topQuery = z.object({
  measure: measure.default('cpu'),
  limit: z.coerce.number().int().min(1).max(50).default(5),
  windowMs: z.coerce.number().int().min(60_000).max(86_400_000).default(3_600_000),
});
export const topResponse = z.object({
  freshness,
  measure,
  times: z.array(z.number()),
  rows: z.array(
    z.object({
      instanceId: z.string(),
      name: z.string(),
      containerId: z.string(),
      latest: z.number().nullable(),
      values: z.array(z.number().nullable()),
    }),
  ),
  /** Sum over all measured instances, at the same times; the newest may still lack some. */
  total: z.array(z.number().nullable()),
  /** Sum of the current values; null where there is none. */
  totalLatest: z.number().nullable(),
});
export type TopResponse = z.infer<typeof topResponse>;

export const latestQuery = z.object({ measure: measure.default('cpu') });
/** By instance id. Instances without a current value are left out: they run elsewhere, or are stopped. */
export const latestResponse = z.object({ freshness, measure, values: z.record(z.string(), z.number()) });
export type LatestResponse = z.infer<typeof latestResponse>;
