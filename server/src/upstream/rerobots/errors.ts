import { UpstreamError } from '../../lib/errors.ts';
import type { Answer } from '../http-call.ts';
import { errorAnswer } from './wire.ts';

/**
 * rerobots has no error codes; these are read from its messages and kept as `upstreamCode`. `busy`: every matching
 * deployment is taken. `initialising`: can't be terminated yet. `over`: already ended.
 */
export type RerobotsCode =
  | 'busy'
  | 'offline'
  | 'locked-out'
  | 'dissolved'
  | 'not-permitted'
  | 'no-vpn'
  | 'initialising'
  | 'over'
  | 'not-found'
  | 'refused';

const phrases: [RegExp, RerobotsCode][] = [
  [/\bbusy\b/i, 'busy'],
  [/does not have vpn/i, 'no-vpn'],
  [/temporarily unavailable/i, 'offline'],
  [/locked out/i, 'locked-out'],
  [/permanently unavailable/i, 'dissolved'],
  [/that is init$/i, 'initialising'],
  [/that is init_fail|already terminat|not active/i, 'over'],
];

export const TOKEN_REFUSED =
  'rerobots refuses the dashboard’s token: it was revoked or has expired. An admin can set a new one under Robot account.';

export function rateLimitOf(
  headers: Record<string, string>,
): { limit: number; remaining: number; resetsAtMs: number } | null {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    Number(headers[`x-ratelimit-${name}`] ?? Number.NaN),
  );
  if (limit === undefined || remaining === undefined || reset === undefined) return null;
  if (![limit, remaining, reset].every(Number.isFinite)) return null;
  return { limit, remaining, resetsAtMs: reset * 1_000 };
}

/**
 * A bad token is a 400 with fixed words, the rate limit an empty 403 with no calls remaining (never 429), and any other
 * message may stand under one of three keys or be missing. Null: only the status counts, as a fault of the service.
 */
export function rerobotsRefusal(answer: Answer, nowMs: number): UpstreamError | null {
  const { status } = answer;
  const parsed = errorAnswer.safeParse(answer.json);
  const said = parsed.success
    ? (parsed.data.error_message ?? parsed.data.result_message ?? parsed.data.error ?? null)
    : null;
  const message = said?.trim() ?? null;
  if (message === 'wrong authorization token' || message === 'authentication failed') {
    return new UpstreamError('rerobots', 'unauthorized', TOKEN_REFUSED, { status });
  }
  if (status === 403 && message === null) return emptyForbidden(answer, nowMs);
  if (status >= 500 && message === null) return null;
  if (status >= 400) {
    const upstreamCode = codeOf(status, message);
    const words = message === null ? `the request (${status})` : `: ${message}`;
    return new UpstreamError(
      'rerobots',
      'refused',
      `rerobots refused${message === null ? ' ' : ''}${words}.`,
      {
        status,
        upstreamCode,
        ...(message === null ? {} : { upstreamMessage: message }),
      },
    );
  }
  return null;
}

function emptyForbidden(answer: Answer, nowMs: number): UpstreamError {
  const { status } = answer;
  const rate = rateLimitOf(answer.headers);
  if (rate && rate.remaining <= 0) {
    const retryAfterSeconds = Math.max(1, Math.ceil((rate.resetsAtMs - nowMs) / 1_000));
    return new UpstreamError('rerobots', 'rate-limited', 'rerobots allows no more calls for now.', {
      status,
      retryAfterSeconds,
    });
  }
  return new UpstreamError('rerobots', 'refused', 'rerobots does not permit this to the account.', {
    status,
    upstreamCode: 'not-permitted',
  });
}

function codeOf(status: number, message: string | null): RerobotsCode {
  for (const [phrase, code] of phrases) if (message !== null && phrase.test(message)) return code;
  return status === 404 ? 'not-found' : 'refused';
}

export function refusedAs(error: unknown, code: RerobotsCode): boolean {
  return (
    error instanceof UpstreamError && error.upstream === 'rerobots' && error.detail.upstreamCode === code
  );
}
