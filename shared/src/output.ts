import { z } from 'zod';

import { freshness, isoTime } from './common.ts';

/** The platform keeps no older ones (Cycle docs, "Container Logs"). */
export const LOGS_KEPT_MS = 72 * 3_600_000;
export const LINES_AT_MOST = 5_000;

const search = z.string().min(1, 'expected a value').max(200, 'expected at most 200 characters');

/** Times in epoch milliseconds; without `to` until now. At most one of `text` and `regexp` (Go's syntax). */
export const logsQuery = z
  .object({
    from: z.coerce.number().int().positive(),
    to: z.coerce.number().int().positive().optional(),
    text: search.optional(),
    regexp: search.optional(),
    limit: z.coerce.number().int().min(1).max(LINES_AT_MOST).default(1_000),
  })
  .refine(({ text, regexp }) => text === undefined || regexp === undefined, {
    path: ['regexp'],
    error: 'expected either query.text or query.regexp',
  })
  .refine(({ from, to }) => to === undefined || to > from, {
    path: ['to'],
    error: 'expected a time after query.from',
  });
export type LogsQuery = z.infer<typeof logsQuery>;

/** Without escape sequences; control characters made visible. */
export const logLine = z.object({
  /** To the nanosecond. */
  at: isoTime,
  /** `stdout` or `stderr`; Cycle knows no levels. */
  source: z.string(),
  text: z.string(),
  /** How many characters were written, where `text` is only the first of them. */
  cutFrom: z.number().nullable(),
});
export type LogLine = z.infer<typeof logLine>;

export const logsResponse = z.object({
  freshness,
  from: isoTime,
  to: isoTime,
  /** More lines may match: Cycle was asked for no more, or those left out would be too much for one answer. */
  isFull: z.boolean(),
  /** Oldest first. */
  lines: z.array(logLine),
});
export type LogsResponse = z.infer<typeof logsResponse>;

/** So long a request waits for something to come. */
export const CONSOLE_WAIT_MS = 15_000;

/** `after`: where the answer before ended. */
export const consoleQuery = z.object({
  after: z.string().max(120, 'expected at most 120 characters').optional(),
});

export const consoleResponse = z.object({
  state: z.enum(['connecting', 'live', 'reconnecting']),
  /** One sentence, while it reconnects. */
  reason: z.string().nullable(),
  after: z.string(),
  /** What was shown before is to be replaced: the console began anew. */
  isReset: z.boolean(),
  /** Lines that have ended, each with its line end; without escape sequences. */
  text: z.string(),
  /** Of the line that has not ended; it takes the place of the one before. */
  partial: z.string(),
});
export type ConsoleResponse = z.infer<typeof consoleResponse>;
