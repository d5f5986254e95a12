import type { Failure } from '@cyclorama/shared/common.ts';

import { AppError, UpstreamError } from '../../../lib/errors.ts';

/** What to do next, by the scheduler's own error code ("Cycle scheduler API reference"). */
const nextAfter: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '404.container': 'The container is gone; choose another one.',
    '422.not-compatible': 'The container holds no functions; choose another one.',
    '422.invalid-argument': 'The scheduler rejected the request as invalid; tell your admin.',
    '503.not-enabled': 'Ask an admin to switch the scheduler on.',
    '504.not-available': 'Claim again when one is released, or raise the pool’s size.',
  }),
);

/** `nothing` says what did not happen, `again` how to repeat it. */
export function refusalMessage(error: unknown, nothing: string, again: string): string {
  if (!(error instanceof UpstreamError)) return nothing;
  const { fault, detail } = error;
  const next = nextAfter.get(detail.upstreamCode ?? '');
  if (next !== undefined) return `${nothing} ${next}`;
  if (fault === 'unauthorized') return `${nothing} Ask an admin to check SCHEDULER_ACCESS_KEY.`;
  if (fault === 'rate-limited') return `${nothing} Wait a moment, then ${again}.`;
  if (fault === 'unreachable') return `${nothing} When it answers again, ${again}.`;
  return nothing;
}

export function withMessage(error: unknown, { message }: Failure): unknown {
  if (!(error instanceof UpstreamError)) return error;
  // The message already holds the upstream's words.
  const { upstreamMessage: _, ...detail } = error.detail;
  return new UpstreamError(error.upstream, error.fault, message, { ...detail, cause: error });
}

export function refusedClaim(error: unknown, failure: Failure, containerName: string): unknown {
  if (!hasCode(error, '504.not-available')) return withMessage(error, failure);
  return new AppError('upstream-refused', `Every instance of ${containerName} is in use.`, {
    hint: 'Nothing was claimed. Try again when one is released, or raise the pool’s size.',
    cause: error,
  });
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof UpstreamError && error.detail.upstreamCode === code;
}

export function certainlyNotDone(error: unknown): boolean {
  return error instanceof UpstreamError && error.certainlyNotDone;
}

/** The claim expired, or its instance has another holder. */
export function isGone(error: unknown): boolean {
  return hasCode(error, '404.instance') || hasCode(error, '403.mismatch');
}

/** The scheduler may still grant a cancelled claim. */
export const cancelledFailure: Failure = {
  code: 'cancelled',
  message:
    'Cancelled while waiting for an instance. If the scheduler still assigns one, it goes back to the pool by itself.',
};

export const interruptedFailure: Failure = {
  code: 'unanswered',
  message:
    'Cyclorama was stopped while this claim waited for an instance. Any assigned instance goes back to the pool.',
};
