import type { Freshness } from '@cyclorama/shared/common.ts';

import { isoOf } from '../../../lib/clock.ts';
import type { Refresher } from './refresher.ts';

type Part = Pick<Refresher, 'name' | 'readAt' | 'failingSince'>;

/**
 * As fresh as the oldest of the essential `parts`. The reason is the upstream's where the upstream failed. `gaps`: all
 * parts that can't be read, essential or not.
 */
export function freshnessOf(
  parts: readonly Part[],
  upstream: Freshness,
  gaps: NonNullable<Freshness['parts']> = [],
): Freshness {
  if (upstream.state === 'unconfigured') return upstream;
  const told = gaps.length === 0 ? {} : { parts: gaps };
  const readAts = parts.map((part) => part.readAt);
  const asOf = readAts.includes(null) ? null : isoOf(Math.min(...readAts.map((at) => at ?? 0)));
  const failing = parts.filter((part) => part.failingSince !== null);
  if (failing.length > 0) {
    const names = failing.map((part) => part.name);
    const forbidden = gaps.find((gap) => gap.needsScope !== undefined && names.includes(gap.name));
    return {
      state: asOf === null ? 'unavailable' : 'stale',
      asOf,
      failingSince: isoOf(Math.min(...failing.map((part) => part.failingSince ?? 0))),
      reason:
        (upstream.failingSince === null ? forbidden?.reason : upstream.reason) ??
        `The list of ${names.join(' and ')} could not be read.`,
      ...(upstream.credentials === undefined ? {} : { credentials: upstream.credentials }),
      ...told,
    };
  }
  if (asOf === null)
    return {
      state: 'unavailable',
      asOf,
      failingSince: null,
      reason: 'The environment has not been read yet.',
    };
  return { state: 'live', asOf, failingSince: null, reason: null, ...told };
}
