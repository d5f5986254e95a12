import type { z } from 'zod';

import { UpstreamError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { UpstreamHealth } from '../health.ts';
import type { Answer, ReadOptions } from '../http-call.ts';
import type { Requester } from '../http.ts';
import { upstreamLabels } from '../labels.ts';
import * as wire from './wire.ts';

export const CYCLE_LABEL = upstreamLabels.cycle;

/** Rows converted per batch before yielding to the event loop. */
const ROWS_AT_ONCE = 500;

type Parts = { http: Requester; health: UpstreamHealth; logger: Logger };

/** Reads and converts one object or a list, as the envelopes of the API hold them. */
export function createCycleReads({ http, health, logger }: Parts) {
  const invalid = (path: string, cause: unknown): UpstreamError => {
    const error = new UpstreamError(
      health.name,
      'invalid',
      `${CYCLE_LABEL} sent an answer of another shape for ${path}.`,
      {
        cause,
      },
    );
    health.failed(`${CYCLE_LABEL} sends answers that can't be read.`);
    return error;
  };

  const unwrap = <S extends z.ZodType>(path: string, answer: Answer, schema: S): z.output<S> => {
    const envelope = wire.objectEnvelope.safeParse(answer.json);
    if (!envelope.success) throw invalid(path, envelope.error);
    const parsed = schema.safeParse(envelope.data.data);
    if (!parsed.success) throw invalid(path, parsed.error);
    return parsed.data;
  };

  const rows = async <S extends z.ZodType, T>(
    path: string,
    raw: readonly unknown[],
    schema: S,
    to: (row: z.output<S>) => T | null,
  ): Promise<T[]> => {
    const good: T[] = [];
    const seen = new Set<string>();
    let unreadable = 0;
    for (const [index, row] of raw.entries()) {
      if (index > 0 && index % ROWS_AT_ONCE === 0) await new Promise(setImmediate);
      const parsed = schema.safeParse(row);
      const value = parsed.success ? to(parsed.data) : null;
      if (value === null) unreadable += 1;
      else if (!isRepeated(value, seen)) good.push(value);
    }
    if (unreadable > 0) {
      logger.warn(
        { upstream: health.name, path, unreadable, of: raw.length },
        'unreadable rows were skipped',
      );
      if (good.length === 0) throw invalid(path, undefined);
    }
    return good;
  };

  const readOne = async <S extends z.ZodType, T>(
    path: string,
    schema: S,
    to: (it: z.output<S>) => T,
    options?: ReadOptions,
  ): Promise<T> => to(unwrap(path, await http.read(path, options), schema));

  const readList = async <S extends z.ZodType, T>(
    path: string,
    schema: S,
    to: (row: z.output<S>) => T | null,
    { nullIsEmpty = false, ...options }: ReadOptions & { nullIsEmpty?: boolean } = {},
  ): Promise<T[]> => {
    const envelope = wire.listEnvelope.safeParse((await http.read(path, options)).json);
    if (!envelope.success) throw invalid(path, envelope.error);
    const { data } = envelope.data;
    if (data === null && !nullIsEmpty) throw invalid(path, undefined);
    return await rows(path, data ?? [], schema, to);
  };

  return { invalid, readOne, readList, rows };
}

function isRepeated(value: unknown, seen: Set<string>): boolean {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string')
    return false;
  if (seen.has(value.id)) return true;
  seen.add(value.id);
  return false;
}
