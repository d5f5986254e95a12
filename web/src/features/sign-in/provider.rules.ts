import { paths } from '@cyclorama/shared/paths.ts';
import { signInFailure } from '@cyclorama/shared/session.ts';
import type { SignInFailure } from '@cyclorama/shared/session.ts';

import { withQuery } from '../../api/http.ts';
import type { ErrorDescription } from '../../lib/describe-error.ts';

const WORDS: Record<SignInFailure, ErrorDescription> = {
  'provider-unavailable': {
    message: 'The sign-in provider does not answer.',
    hint: 'Try again in a moment, or sign in another way.',
  },
  'provider-refused': {
    message: 'The sign-in provider refused the sign-in.',
    hint: 'Try again. If it happens again, tell your admin: the server’s log says why.',
  },
  denied: { message: 'You cancelled the sign-in, or the provider denied it.' },
  expired: {
    message: 'The sign-in took too long or was begun in another window.',
    hint: 'Start again here.',
  },
  'name-taken': {
    message: 'This account can’t be used here.',
    hint: 'Its name belongs to another account, or an admin has blocked it. Ask an admin.',
  },
  'not-on-record': {
    message: 'You are not signed in: it can’t be put on record, as the server can’t store anything now.',
    hint: 'Try again in a few minutes. If it happens again, tell your admin.',
  },
  'too-many': {
    message: 'Too many sign-ins were begun from this address.',
    hint: 'Wait half a minute and try again.',
  },
  internal: {
    message: 'Signing in failed on the server.',
    hint: 'Try again. If it happens again, tell your admin.',
  },
};

/** What the server says in the fragment of the address it leads back to; null where it says nothing. */
export function failureInAddress(hash: string): ErrorDescription | null {
  const { data } = signInFailure.safeParse(/^#sign-in-failed=([\w-]+)$/.exec(hash)?.[1]);
  return data === undefined ? null : WORDS[data];
}

/** Leads to the provider and back to this page; `again`: where somebody may be signed in, they must show who they are. */
export function providerAddress(
  basePath: string,
  { pathname, search }: Pick<Location, 'pathname' | 'search'>,
  again = false,
): string {
  const below = pathname.startsWith(basePath) ? pathname.slice(basePath.length) : pathname;
  return basePath + withQuery(paths.signInOidc(), { return: below + search, again: again ? 1 : undefined });
}
