import type { Failure } from '@cyclorama/shared/common.ts';

import { UpstreamError } from './errors.ts';

/** For the ledgers: "504 504.not-available", or how the call failed: "timeout". */
export function answerOf(error: unknown): string {
  if (!(error instanceof UpstreamError)) return 'internal error';
  const { status, upstreamCode } = error.detail;
  return status === undefined ? error.fault : `${status} ${upstreamCode ?? error.fault}`;
}

/** For the ledgers; `consequence`: what the failure means and what to do. */
export function failureOf(error: unknown, consequence: string): Failure {
  if (!(error instanceof UpstreamError)) return { code: 'internal', message: consequence };
  return { code: error.detail.upstreamCode ?? error.fault, message: `${error.message} ${consequence}` };
}
