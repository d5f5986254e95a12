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

/** How instances become one value. */
export const aggregate = z.enum(['sum', 'mean', 'max']);
export type Aggregate = z.infer<typeof aggregate>;

/** `from`/`to`: epoch milliseconds; `points`: most points per series. */
export const telemetryQuery = z.object({
  from: z.coerce.number().int().positive(),
  to: z.coerce.number().int().positive(),
  points: z.coerce.number().int().min(2).max(1000).default(150),
  /** Also the least and the most of each point. */
  extremes: z.enum(['true', 'false']).optional(),
});
export type TelemetryQuery = z.infer<typeof telemetryQuery>;

/** `by`: its instances as one; without it, each. */
export const containerQuery = telemetryQuery.extend({ by: aggregate.optional() });
export type ContainerQuery = z.infer<typeof containerQuery>;

/** `top`: not as one, but the `limit` instances whose mean of `measure` is highest in the range. */
export const groupBy = z.enum([...aggregate.options, 'top']);
export type GroupBy = z.infer<typeof groupBy>;
export const groupQuery = telemetryQuery.extend({
  by: groupBy.default('sum'),
  measure: measure.default('cpu'),
  limit: z.coerce.number().int().min(1).max(20).default(5),
});
export type GroupQuery = z.infer<typeof groupQuery>;

/** One column per measure beside `times`; null is a gap (not measured), never zero. */
export const series = z.object({
  /** Instance id, or that of what its instances were made one of. */
  id: z.string(),
  name: z.string(),
  values: z.partialRecord(measure, z.array(z.number().nullable())),
  /** Peak of the whole range, however wide a point is; null where it is not known. */
  highest: z.partialRecord(measure, z.number().nullable()).optional(),
  /** Per point, where `extremes` was asked for. */
  lows: z.partialRecord(measure, z.array(z.number().nullable())).optional(),
  highs: z.partialRecord(measure, z.array(z.number().nullable())).optional(),
});
export type Series = z.infer<typeof series>;

/** A container's answer has one series per instance, unless they are asked for as one. */
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
  /** Cycle tells of one server at a time: no collector and no dashboard process runs on the server of these. */
  notMeasured: z.array(z.string()),
  /** Why the API key of Cycle’s public API does not show those; a sentence. */
  notMeasuredReason: z.string().nullable(),
  /** Series that were read with the API key, at most six hours back: nothing else covers their servers. */
  byKey: z.array(z.string()),
  latestAt: isoTime.nullable(),
  /** Up to when all that report have told: a sum of what came after would be of fewer. At most `to`. */
  settledTo: z.number(),
});
export type TelemetryResponse = z.infer<typeof telemetryResponse>;

/** The `windowMs` before `to`, in epoch milliseconds; before now without it. */
const window = {
  windowMs: z.coerce.number().int().min(10_000).max(604_800_000).default(3_600_000),
  to: z.coerce.number().int().positive().optional(),
};

export const topQuery = z.object({
  measure: measure.default('cpu'),
  limit: z.coerce.number().int().min(1).max(50).default(5),
  /** Only instances of this container. */
  container: z.string().max(100).optional(),
  ...window,
});
const topInstance = z.object({
  instanceId: z.string(),
  name: z.string(),
  containerId: z.string(),
  /** The current value; of a window that ended earlier, its mean. */
  latest: z.number().nullable(),
  values: z.array(z.number().nullable()),
});
export const topResponse = z.object({
  freshness,
  measure,
  times: z.array(z.number()),
  rows: z.array(topInstance),
  /** Sum over all measured instances, at the same times; null from where some have not told yet. */
  total: z.array(z.number().nullable()),
  /** Sum of the current values; null where there is none. */
  totalLatest: z.number().nullable(),
  /** How many servers have a part in it. */
  servers: z.number(),
});
export type TopResponse = z.infer<typeof topResponse>;

export const topContainersQuery = z.object({
  measure: measure.default('cpu'),
  by: aggregate.default('sum'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  ...window,
});
export const topContainersResponse = z.object({
  freshness,
  measure,
  by: aggregate,
  times: z.array(z.number()),
  /** Highest first; those without a measured instance are left out. */
  rows: z.array(
    z.object({
      containerId: z.string(),
      name: z.string(),
      instances: z.number(),
      /** How many of them have a value. */
      measured: z.number(),
      latest: z.number(),
      values: z.array(z.number().nullable()),
    }),
  ),
  /** Containers with a value, also those past `limit`. */
  total: z.number(),
});
export type TopContainersResponse = z.infer<typeof topContainersResponse>;

export const latestQuery = z.object({ measure: measure.default('cpu') });
/** By instance id. Instances without a current value are left out: they run elsewhere, or are stopped. */
export const latestResponse = z.object({ freshness, measure, values: z.record(z.string(), z.number()) });
export type LatestResponse = z.infer<typeof latestResponse>;
