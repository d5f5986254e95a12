import { z } from 'zod';

import { UpstreamError } from '../../lib/errors.ts';
import { plainOutput } from '../../lib/plain-output.ts';
import type { Answer } from '../http-call.ts';
import { isNestedTooDeep } from '../json-depth.ts';
import { label } from './refusals.ts';

/** Times in epoch milliseconds, both ends included; `search` as the platform's own expressions are (Go's). */
export type LogsQuery = {
  instanceId: string;
  from: number;
  to: number;
  search: { type: 'raw' | 'regexp'; match: string } | null;
  limit: number;
};

export type LogLine = {
  /** RFC 3339 as it came, to the nanosecond: it orders and identifies. */
  at: string;
  source: string;
  text: string;
  /** Characters as written, where `text` is only its beginning; null: all of it. */
  cutFrom: number | null;
};

/** Longer lines are cut: a page shows no line of a megabyte. */
const LINE_AT_MOST = 16_384;

/** `POST /v1/monitoring/logs/aggregate` ("Aggregate Logs"); without the lines after a match. */
export function logsRequest({ instanceId, from, to, search, limit }: LogsQuery): Record<string, unknown> {
  return {
    scope: {
      type: 'instance',
      ids: [instanceId],
      date_range: { start: new Date(from).toISOString(), end: new Date(to).toISOString() },
    },
    ...(search === null ? {} : { search: [search] }),
    limit,
    context_window_size: 0,
  };
}

export const logsAnswer = z.object({
  data: z
    .array(z.object({ time: z.string(), source: z.string().nullish(), message: z.string().nullish() }))
    .nullish(),
});

/** The reference promises no order. */
export function logLinesOf({ data }: z.output<typeof logsAnswer>): LogLine[] {
  return (data ?? [])
    .map((wire) => ({ wire, ms: Date.parse(wire.time) || 0, fraction: fractionOf(wire.time) }))
    .toSorted((a, b) => a.ms - b.ms || a.fraction.localeCompare(b.fraction, 'en'))
    .map(({ wire: { time, source, message } }) => lineOf(time, source ?? 'unknown', message ?? ''));
}

/** Of a second, to nine digits: `Date` knows three. */
const fractionOf = (time: string): string => (/\.(\d{1,9})/.exec(time)?.[1] ?? '').padEnd(9, '0');

function lineOf(at: string, source: string, message: string): LogLine {
  const written = message.replace(/[\r\n]+$/, '');
  const isLong = written.length > LINE_AT_MOST;
  return {
    at,
    source: source.slice(0, 20),
    text: plainOutput(isLong ? written.slice(0, LINE_AT_MOST) : written),
    cutFrom: isLong ? written.length : null,
  };
}

/** With control characters as they are: escape sequences are recognised by them. @throws UpstreamError `invalid` */
export function plainJson({ text, status }: Answer): unknown {
  try {
    if (!isNestedTooDeep(text)) return JSON.parse(text) as unknown;
  } catch {
    // Said below.
  }
  throw new UpstreamError('platform', 'invalid', `${label} sent an answer that is not valid JSON.`, {
    status,
  });
}
