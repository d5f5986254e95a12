import type { UpstreamName } from '@cyclorama/shared/common.ts';

import { UpstreamError } from '../lib/errors.ts';
import { BodyTooLarge } from './http-body.ts';

/** Connection errors: the request can't have reached the upstream, or (EPIPE) not to its end. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'EACCES',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** `status` is known where the answer had begun. */
export function transportError(
  upstream: UpstreamName,
  label: string,
  cause: unknown,
  status?: number,
): UpstreamError {
  const extra = { cause, ...(status === undefined ? {} : { status }) };
  if (cause instanceof BodyTooLarge)
    return new UpstreamError(upstream, 'invalid', `${label} sent a larger answer than is accepted.`, extra);
  const code = codeOf(cause);
  if (isTimeout(cause, code))
    return new UpstreamError(upstream, 'timeout', `${label} did not answer in time.`, extra);
  if (status !== undefined)
    return new UpstreamError(upstream, 'cut', `${label} broke off in the middle of its answer.`, extra);
  if (code.startsWith('HPE_'))
    return new UpstreamError(upstream, 'invalid', `${label} sent an answer that is not HTTP.`, extra);
  const neverSent = NEVER_SENT.has(code);
  return new UpstreamError(upstream, 'unreachable', `${label} does not answer${clause(code)}.`, {
    cause,
    neverSent,
  });
}

export function defaultAnswerError(
  upstream: UpstreamName,
  label: string,
  answer: { status: number; headers: Record<string, string> },
): UpstreamError {
  const { status } = answer;
  if (status === 401)
    return new UpstreamError(upstream, 'unauthorized', `${label} refused our credentials.`, { status });
  if (status === 429) {
    const after = Number(answer.headers['retry-after']);
    const wait = Number.isFinite(after) && after > 0 ? { retryAfterSeconds: after } : {};
    return new UpstreamError(upstream, 'rate-limited', `${label} allows no more calls for now.`, {
      status,
      ...wait,
    });
  }
  if (status >= 500) return new UpstreamError(upstream, 'failed', `${label} failed (${status}).`, { status });
  return new UpstreamError(upstream, 'refused', `${label} refused the request (${status}).`, { status });
}

export function explain(label: string, error: UpstreamError): string {
  switch (error.fault) {
    case 'unauthorized':
      return `${label} refuses the configured credentials.`;
    case 'rate-limited':
      return `${label} allows no more calls for now.`;
    case 'timeout':
      return `${label} does not answer in time.`;
    case 'cut':
      return `${label} breaks off in the middle of its answers.`;
    case 'invalid':
      return `${label} sends answers that can't be read.`;
    case 'failed':
      return `${label} fails with an error of its own (${error.detail.status ?? 'no status'}).`;
    default:
      return error.message;
  }
}

function isTimeout(cause: unknown, code: string): boolean {
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return true;
  return cause instanceof Error && cause.name === 'TimeoutError';
}

function codeOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return codeOf(cause.errors[0]);
  if (typeof cause !== 'object' || cause === null) return '';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

function clause(code: string): string {
  const reasons: Record<string, string> = {
    ENOENT: ' (socket missing)',
    EACCES: ' (no permission to open the socket)',
    ECONNREFUSED: ' (connection refused)',
    ENOTFOUND: ' (name not found)',
    EAI_AGAIN: ' (name lookup failed)',
    UND_ERR_CONNECT_TIMEOUT: ' (no connection in time)',
    ECONNRESET: ' (connection reset)',
    EPIPE: ' (connection closed)',
    UND_ERR_SOCKET: ' (connection closed)',
  };
  return reasons[code] ?? '';
}
