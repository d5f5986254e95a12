import type { Freshness } from '@cyclorama/shared/common.ts';

import { isoOf } from '../../lib/clock.ts';
import { UpstreamError } from '../../lib/errors.ts';
import { isForbidden, needsScope } from '../../upstream/cycle/scope.ts';

export type Reading = {
  readonly readAt: number | null;
  readonly failingSince: number | null;
  /** Null while reads work. */
  readonly fault: unknown;
};

/** Not live while the environment is not, or while samples can't be read. `reading` null: nothing reads samples. */
export function telemetryFreshness(environment: Freshness, reading: Reading | null): Freshness {
  const { parts: _parts, ...whole } = environment;
  if (reading === null || whole.state === 'unconfigured') return whole;
  const { readAt, failingSince, fault } = reading;
  const asOf = readAt === null ? null : isoOf(readAt);
  const state = asOf === null ? 'unavailable' : 'stale';
  if (failingSince !== null) {
    const reason = reasonOf(fault);
    return { ...whole, state, asOf, failingSince: isoOf(failingSince), reason: whole.reason ?? reason };
  }
  if (whole.state !== 'live') return { ...whole, state, asOf };
  if (asOf === null) return { ...whole, state, asOf, reason: 'Telemetry has not been read yet.' };
  return { ...whole, asOf };
}

function reasonOf(fault: unknown): string {
  if (isForbidden(fault)) return needsScope('telemetry', 'server');
  return fault instanceof UpstreamError ? fault.message : 'Telemetry could not be read.';
}
