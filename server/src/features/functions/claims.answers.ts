import type { Failure } from '@cyclorama/shared/common.ts';

import { AppError, UpstreamError } from '../../errors.ts';

/** What the scheduler answered, for the ledger: "504 504.not-available", or how the call failed: "timeout". */
export function answerOf(error: unknown): string {
  if (!(error instanceof UpstreamError)) return 'internal error';
  const { status, upstreamCode } = error.detail;
  if (status === undefined) return error.fault;
  return [String(status), upstreamCode ?? error.fault].join(' ');
}

/** A failed call as it is kept with the claim; `consequence` says what it means and what to do. */
export function failureOf(error: unknown, consequence: string): Failure {
  if (!(error instanceof UpstreamError)) return { code: 'internal', message: consequence };
  return { code: error.detail.upstreamCode ?? error.fault, message: `${error.message} ${consequence}` };
}

/** What a refused claim is told to the person who asked for it. */
export function refusedClaim(error: unknown, containerName: string): unknown {
  if (!hasCode(error, '504.not-available')) return error;
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
