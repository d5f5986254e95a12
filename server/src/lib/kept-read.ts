import type { Freshness } from '@cyclorama/shared/common.ts';

import type { Clock } from './clock.ts';
import { isoOf } from './clock.ts';
import { UpstreamError } from './errors.ts';

type Options<T> = { read: () => Promise<T>; clock: Clock; keepMs: number };

/**
 * One read for all who ask within `keepMs`: the newest value with its age, and the last good one while reads fail.
 * @throws UpstreamError where there is none, or the upstream refuses it now.
 */
export function createKeptRead<T>({ read, clock, keepMs }: Options<T>) {
  let kept: { value: T; at: number } | null = null;
  let failingSince: number | null = null;
  let reading: Promise<{ value: T; at: number }> | null = null;

  const readNow = async (): Promise<{ value: T; at: number }> => {
    const value = await read();
    kept = { value, at: clock.now() };
    failingSince = null;
    return kept;
  };

  return async (): Promise<{ value: T; freshness: Freshness }> => {
    if (kept !== null && failingSince === null && clock.now() - kept.at < keepMs) return live(kept);
    try {
      reading ??= readNow().finally(() => {
        reading = null;
      });
      return live(await reading);
    } catch (error) {
      if (!(error instanceof UpstreamError) || kept === null || error.fault === 'refused') throw error;
      failingSince ??= clock.now();
      const freshness: Freshness = {
        state: 'stale',
        asOf: isoOf(kept.at),
        failingSince: isoOf(failingSince),
        reason: error.message,
      };
      return { value: kept.value, freshness };
    }
  };
}

function live<T>({ value, at }: { value: T; at: number }): { value: T; freshness: Freshness } {
  return { value, freshness: { state: 'live', asOf: isoOf(at), failingSince: null, reason: null } };
}
