import { z } from 'zod';

import { isoTime } from './common.ts';

/** What the past is kept as: samples, their minutes and hours, and the time machine's pictures of the topology. */
export const storedKind = z.enum(['samples', 'minutes', 'hours', 'pictures']);
export type StoredKind = z.infer<typeof storedKind>;

export const storedPart = z.object({
  kind: storedKind,
  /** Of the oldest; null: nothing is stored yet. */
  since: isoTime.nullable(),
  /** Compressed, as `HISTORY_MAX_MB` counts it. */
  bytes: z.number(),
  /** Compressed bytes for each number that can be read again; null for pictures, and where nothing is stored. */
  bytesPerValue: z.number().nullable(),
  /** As configured. */
  keptDays: z.number(),
  /** What is added a day at the present rate; null while less than an hour is there to tell it by. */
  bytesPerDay: z.number().nullable(),
  /** What it takes a year from now at that rate, if nothing is cut. */
  yearBytes: z.number().nullable(),
  /** How far back it reaches in the end at that rate, with what `maxBytes` cuts. */
  reachDays: z.number().nullable(),
});
export type StoredPart = z.infer<typeof storedPart>;

export const telemetryStorage = z.object({
  parts: z.array(storedPart),
  /** Of all parts. */
  bytes: z.number(),
  /** `HISTORY_MAX_MB`. */
  maxBytes: z.number(),
  /** Of all parts; null while one is not known. */
  yearBytes: z.number().nullable(),
  /** From when `maxBytes` cuts at the present rate; null: it does not, or the rate is not known yet. */
  cutFrom: isoTime.nullable(),
});
export type TelemetryStorage = z.infer<typeof telemetryStorage>;
