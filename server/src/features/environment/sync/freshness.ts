import type { Freshness } from '@cyclorama/shared/common.ts';

import { isoOf } from '../../../lib/clock.ts';
import type { Refresher } from './refresher.ts';

type Part = Pick<Refresher, 'name' | 'readAt' | 'failingSince'>;

/** As fresh as the oldest essential part. The reason is the upstream's where the upstream failed. */
export function freshnessOf(parts: readonly Part[], upstream: Freshness): Freshness {
  if (upstream.state === 'unconfigured') return upstream;
  const readAts = parts.map((part) => part.readAt);
  const asOf = readAts.includes(null) ? null : isoOf(Math.min(...readAts.map((at) => at ?? 0)));
  const failing = parts.flatMap((part) => (part.failingSince === null ? [] : [part.failingSince]));
  if (failing.length > 0) {
    const names = parts.filter((part) => part.failingSince !== null).map((part) => part.name);
    return {
      state: asOf === null ? 'unavailable' : 'stale',
      asOf,
      failingSince: isoOf(Math.min(...failing)),
      reason: upstream.reason ?? `The list of ${names.join(' and ')} could not be read.`,
    };
  }
  if (asOf === null)
    return {
      state: 'unavailable',
      asOf,
      failingSince: null,
      reason: 'The environment has not been read yet.',
    };
  return { state: 'live', asOf, failingSince: null, reason: null };
}
