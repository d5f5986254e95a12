import type { Failure } from '@cyclorama/shared/common.ts';

import { UpstreamError } from './errors.ts';

/** What an upstream answered, as a ledger keeps it: "504 504.not-available", or how the call failed: "timeout". */
export function answerOf(error: unknown): string {
  if (!(error instanceof UpstreamError)) return 'internal error';
  const { status, upstreamCode } = error.detail;
  return status === undefined ? error.fault : `${status} ${upstreamCode ?? error.fault}`;
}

/** A failed call as a ledger keeps it; `consequence` says what it means and what to do. */
export function failureOf(error: unknown, consequence: string): Failure {
  if (!(error instanceof UpstreamError)) return { code: 'internal', message: consequence };
  return { code: error.detail.upstreamCode ?? error.fault, message: `${error.message} ${consequence}` };
}
