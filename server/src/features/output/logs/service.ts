import { LOGS_KEPT_MS } from '@cyclorama/shared/output.ts';
import type { LogsQuery, LogsResponse } from '@cyclorama/shared/output.ts';

import type { Clock } from '../../../lib/clock.ts';
import { isoOf } from '../../../lib/clock.ts';
import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { PlatformClient } from '../../../upstream/cycle-platform/client.ts';
import type { LogLine } from '../../../upstream/cycle-platform/logs.ts';

/** Those who look at the same lines share a read. */
const KEEP_MS = 2_000;
/** Characters of an answer. */
const TEXT_AT_MOST = 4_000_000;

export type LogsDeps = {
  platform: Pick<PlatformClient, 'logs'>;
  /** Of this environment; the API key is worth the whole hub. */
  isInstance: (id: string) => boolean;
  clock: Clock;
};

export type LogsService = ReturnType<typeof createLogsService>;

type Kept = { at: number; answer: Promise<LogsResponse> };

/** Read only while somebody looks, and kept nowhere. */
export function createLogsService({ platform, isInstance, clock }: LogsDeps) {
  const kept = new Map<string, Kept>();

  const read = async (instanceId: string, { from, to, text, regexp, limit }: LogsQuery, now: number) => {
    const [start, end] = [Math.max(from, now - LOGS_KEPT_MS), Math.min(to ?? now, now)];
    const edges = { from: isoOf(start), to: isoOf(Math.max(start, end)) };
    const freshness = { state: 'live' as const, asOf: isoOf(now), failingSince: null, reason: null };
    if (end <= start) return { freshness, ...edges, isFull: false, lines: [] };
    const search =
      text !== undefined
        ? ({ type: 'raw', match: text } as const)
        : regexp !== undefined
          ? ({ type: 'regexp', match: regexp } as const)
          : null;
    const answer = await platform.logs({ instanceId, from: start, to: end, search, limit });
    if (!answer.ok) throw refusalOf(answer.error, search?.type === 'regexp');
    const lines = newest(answer.value);
    return {
      freshness,
      ...edges,
      isFull: answer.value.length >= limit || lines.length < answer.value.length,
      lines,
    };
  };

  return {
    /** @throws AppError `not-found`; UpstreamError, where the API key lacks the capability with its name */
    async read(instanceId: string, query: LogsQuery): Promise<LogsResponse> {
      if (!isInstance(instanceId)) throw new AppError('not-found', 'There is no such instance.');
      const now = clock.now();
      for (const [key, { at }] of kept) if (now - at >= KEEP_MS || now < at) kept.delete(key);
      const key = JSON.stringify([instanceId, query]);
      const known = kept.get(key);
      if (known !== undefined) return known.answer;
      const reading = { at: now, answer: read(instanceId, query, now) };
      kept.set(key, reading);
      reading.answer.catch(() => kept.delete(key));
      return reading.answer;
    },
  };
}

/** As many as an answer may hold. */
function newest(lines: LogLine[]): LogLine[] {
  let size = 0;
  const first = lines.findLastIndex(({ text }) => (size += text.length) > TEXT_AT_MOST);
  return lines.slice(first + 1);
}

/** What to do next is nearer here than for any call of the API. */
function refusalOf(error: UpstreamError, byExpression: boolean): UpstreamError | AppError {
  const { fault, message, detail } = error;
  if (fault === 'timeout' || message.includes('larger answer')) {
    const shorter = 'Ask for a shorter time';
    const hint = byExpression ? `${shorter}, or search for plain text: that is faster.` : `${shorter}.`;
    return new UpstreamError('platform', fault, message, { ...detail, hint });
  }
  if (byExpression && detail.status === 422)
    return new AppError('invalid-request', 'Cycle does not take this regular expression.', {
      field: 'query.regexp',
      hint: 'It takes Go’s syntax (RE2): no look-ahead, no look-behind and no back-references.',
    });
  return error;
}
