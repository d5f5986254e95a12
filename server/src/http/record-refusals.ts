import type { ErrorCode } from '@cyclorama/shared/errors.ts';
import type { Request } from 'express';

import type { RecordActivity } from '../lib/activity-note.ts';
import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import { currentRequest } from '../lib/request-context.ts';
import { safePath } from './request-log.ts';

/** Least time between two entries of the same refusal; those in between are counted. */
const QUIET_MS = 60_000;
const MAX_KNOWN = 10_000;
const recorded = new Set<ErrorCode>(['forbidden', 'csrf', 'unauthenticated', 'rate-limited']);

type Deps = { record: RecordActivity; clock: Clock };

/** Puts on record who was refused what, for want of a role, a right, a valid token or patience. */
export function createRefusalRecord({ record, clock }: Deps): (request: Request, error: unknown) => void {
  const known = new Map<string, { until: number; more: number }>();

  return (request, error) => {
    if (!(error instanceof AppError) || !recorded.has(error.code)) return;
    // A page whose session is over asks on: only who presents something is refused.
    if (error.code === 'unauthenticated' && request.get('authorization') === undefined) return;
    const context = currentRequest();
    const actor = context?.caller?.person ?? null;
    const target = `${request.method} ${safePath(request.originalUrl)}`;
    const key = [actor ?? context?.address, error.code, target].join('\n');
    const now = clock.now();
    const before = known.get(key);
    if (before !== undefined && now < before.until) {
      before.more += 1;
      return;
    }
    known.delete(key);
    known.set(key, { until: now + QUIET_MS, more: 0 });
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    const more =
      before === undefined || before.more === 0 ? '' : ` Refused ${before.more} times more before.`;
    void record({
      actor,
      action: 'access.refuse',
      subject: { kind: 'route', id: target, name: target },
      outcome: 'refused',
      detail: error.message + more,
    });
  };
}
