import { ApiError } from '../../api/http.ts';
import type { ErrorDescription } from '../../lib/describe-error.ts';
import { formatDuration } from '../../lib/units.ts';

type Place = Pick<Location, 'protocol' | 'pathname' | 'search'> & { isSecureContext: boolean };

/**
 * The same place over https, where that is needed: a browser sends no Secure cookie over plain http, except to this very
 * machine. Null where signing in works here.
 */
export function httpsAddress(publicUrl: string | null, basePath: string, place: Place): string | null {
  if (publicUrl === null || !publicUrl.startsWith('https:')) return null;
  if (place.protocol !== 'http:' || place.isSecureContext) return null;
  const below = place.pathname.startsWith(basePath) ? place.pathname.slice(basePath.length) : place.pathname;
  return publicUrl + below + place.search;
}

/** By error code; other codes keep the server's sentence. */
export function signInFailure(error: unknown): ErrorDescription {
  if (!(error instanceof ApiError)) return { message: 'Signing in failed.' };
  const id = error.requestId === undefined ? {} : { requestId: error.requestId };
  switch (error.code) {
    case 'rate-limited':
      return {
        message: 'Too many attempts.',
        hint:
          error.retryAfterSeconds === undefined
            ? 'Wait a few minutes, then try again.'
            : `Try again in ${formatDuration(error.retryAfterSeconds * 1000)}.`,
        ...id,
      };
    case 'upstream-unavailable':
    case 'upstream-timeout':
    case 'upstream-unconfigured':
    case 'upstream-rate-limited':
      return {
        message: 'Sign-in is unavailable: Cycle’s internal API does not answer.',
        hint: 'Your password was not checked. Try again in a moment.',
        ...id,
      };
    default:
      return { message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }), ...id };
  }
}

/** The name is known here, so a refusal is about the password only: the server's sentence says it. */
export function confirmationFailure(error: unknown): ErrorDescription {
  if (!(error instanceof ApiError) || error.code !== 'sign-in-refused') return signInFailure(error);
  return { message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
}
