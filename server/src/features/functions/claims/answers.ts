import type { Failure } from '@cyclorama/shared/common.ts';

import { AppError, UpstreamError } from '../../../lib/errors.ts';

/** What to do about a refusal the scheduler gives a code of its own ("Cycle scheduler API reference"). */
const nextAfter: Record<string, string> = {
  '404.container': 'The container is gone; choose another one.',
  '422.not-compatible': 'The container holds no functions; choose another one.',
  '422.invalid-argument': 'The request was not as the scheduler wants it; tell your administrator.',
  '503.not-enabled': 'Ask an administrator to switch the scheduler on.',
  '504.not-available': 'Claim again when one is released, or raise the pool’s size.',
};

/** What a certain refusal means, and what to do: `nothing` is what did not happen, `again` how to repeat it. */
export function refusedMeans(error: unknown, nothing: string, again: string): string {
  if (!(error instanceof UpstreamError)) return nothing;
  const { fault, detail } = error;
  const next = nextAfter[detail.upstreamCode ?? ''];
  if (next !== undefined) return `${nothing} ${next}`;
  if (fault === 'unauthorized') return `${nothing} Ask an administrator to check SCHEDULER_ACCESS_KEY.`;
  if (fault === 'rate-limited') return `${nothing} Wait a moment, then ${again}.`;
  if (fault === 'unreachable') return `${nothing} When it answers again, ${again}.`;
  return nothing;
}

/** The same refusal, in the words kept with the claim. */
export function withWords(error: unknown, { message }: Failure): unknown {
  if (!(error instanceof UpstreamError)) return error;
  // The words of the upstream are in the message already.
  const { upstreamMessage: _, ...detail } = error.detail;
  return new UpstreamError(error.upstream, error.fault, message, { ...detail, cause: error });
}

/** What a refused claim is told to the person who asked for it. */
export function refusedClaim(error: unknown, failure: Failure, containerName: string): unknown {
  if (!hasCode(error, '504.not-available')) return withWords(error, failure);
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

/** The scheduler no longer knows the claim: it expired, or its instance has another holder. */
export function isGone(error: unknown): boolean {
  return hasCode(error, '404.instance') || hasCode(error, '403.mismatch');
}

/** Kept with a claim whose owner stopped waiting: the scheduler may grant it all the same. */
export const cancelledFailure: Failure = {
  code: 'cancelled',
  message:
    'The wait for an instance was given up. If the scheduler still sets one aside, it goes back to the pool by itself.',
};

/** Kept with a claim that waited while the server was stopped. */
export const interruptedFailure: Failure = {
  code: 'unanswered',
  message: 'The server was stopped while this claim waited for an instance.',
};
