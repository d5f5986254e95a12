import { paths } from '@cyclorama/shared/paths.ts';
import type { SignInFailure } from '@cyclorama/shared/session.ts';
import type { Response } from 'express';
import { Router } from 'express';
import { z } from 'zod';

import type { ApiOperation } from '../../../http/api-operation.ts';
import { addressKey } from '../../../http/client-address.ts';
import { isSameOrigin } from '../../../http/same-origin.ts';
import type { SealedCookie } from '../../../http/sealed-cookie.ts';
import { AppError } from '../../../lib/errors.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { OpenSession, SignedInBy } from '../way.ts';
import type { OidcGrants } from './grants.ts';
import type { ProviderLimit } from './limit.ts';
import { ProviderError } from './provider.ts';
import type { OidcGrant, OidcProvider } from './provider.ts';
import { returnPath } from './return-path.ts';

/** What binds the provider's answer to the browser that was sent there. */
export const pendingSignIn = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  again: z.boolean(),
  returnTo: z.string(),
});

/** The provider's ID token, for when its person signs out there too. */
export const keptIdToken = z.object({ idToken: z.string() });

/** A cookie has 4,096 bytes (RFC 6265bis, 5.6); sealed, the token takes four thirds of its own. */
const MAX_ID_TOKEN = 2_800;

const leading = { method: 'get', access: 'anyone', success: [{ status: 303 }] } as const;

export const oidcOperations: readonly ApiOperation[] = [
  {
    ...leading,
    limited: true,
    path: paths.signInOidc(),
    summary: 'Leads to the sign-in provider',
    query: z.object({ return: z.string().optional(), again: z.string().optional() }),
  },
  {
    ...leading,
    limited: true,
    path: paths.signInOidcCallback(),
    summary: 'Where the provider leads back to',
  },
  { ...leading, path: paths.signOutOidc(), summary: 'Leads to the provider to sign out there' },
];

type Deps = {
  provider: OidcProvider;
  pending: SealedCookie<z.output<typeof pendingSignIn>>;
  idTokens: SealedCookie<z.output<typeof keptIdToken>>;
  grants: Pick<OidcGrants, 'keep'>;
  whoIs: (grant: OidcGrant) => SignedInBy;
  limit: ProviderLimit;
  open: OpenSession;
  publicUrl: string;
  logger: Logger;
};

/** Pages for the browser's address bar: they answer with redirects, and failures lead back to the sign-in page. */
export function oidcRouter(deps: Deps): Router {
  const { provider, pending, idTokens, grants, whoIs, limit, open, publicUrl, logger } = deps;
  const router = Router();

  const lead = (response: Response, url: string): void => {
    response.status(303).set('Cache-Control', 'no-store').location(url).end();
  };
  /** In the fragment, which no log and no other site sees; the page says it in words. */
  const failed = (response: Response, error: unknown, returnTo: string): void => {
    const reason = failureOf(error);
    const url = `${publicUrl}${returnTo}#sign-in-failed=${reason}`;
    if (reason === 'too-many') {
      // An error like any other, for scripts and the record; a browser goes on to the page, which says it in words.
      response.set('Refresh', `0; url=${url}`);
      throw error;
    }
    logger.warn({ err: error, reason }, 'signing in with the provider failed');
    lead(response, url);
  };

  router.get(paths.signInOidc(), async (request, response) => {
    const returnTo = returnPath(request.query['return']);
    try {
      await limit.begin(addressKey(request));
      const { url, ...asked } = await provider.begin(request.query['again'] !== undefined);
      pending.set(request, response, { ...asked, returnTo });
      lead(response, url.href);
    } catch (error) {
      failed(response, error, returnTo);
    }
  });

  router.get(paths.signInOidcCallback(), async (request, response) => {
    const asked = pending.read(request);
    pending.clear(request, response);
    const returnTo = asked?.returnTo ?? '/';
    try {
      const idToken = await limit.finish(addressKey(request), async () => {
        if (asked === null)
          throw new AppError('not-allowed-now', 'This sign-in was not started in this browser.', {
            hint: 'Start again on the sign-in page.',
          });
        const answer = new URL(publicUrl + paths.signInOidcCallback());
        answer.search = new URL(request.originalUrl, answer).search;
        const grant = await provider.finish(answer, asked);
        const who = whoIs(grant);
        await open(request, response, who, (within) => grants.keep(who, grant.refreshToken, within));
        return grant.idToken;
      });
      if (idToken !== null && idToken.length <= MAX_ID_TOKEN) idTokens.set(request, response, { idToken });
      else idTokens.clear(request, response);
      lead(response, publicUrl + returnTo);
    } catch (error) {
      failed(response, error, returnTo);
    }
  });

  router.get(paths.signOutOidc(), async (request, response) => {
    const home = `${publicUrl}/`;
    const kept = idTokens.read(request);
    // A link of another site must not end the session there: without the token the provider asks first.
    const idToken = isSameOrigin(request, publicUrl) ? (kept?.idToken ?? null) : null;
    idTokens.clear(request, response);
    const url = await provider.endSessionUrl(home, idToken).catch(() => null);
    lead(response, url?.href ?? home);
  });

  return router;
}

function failureOf(error: unknown): SignInFailure {
  if (error instanceof ProviderError) {
    if (error.fault === 'unreachable') return 'provider-unavailable';
    return error.oauthError === 'access_denied' ? 'denied' : 'provider-refused';
  }
  if (!(error instanceof AppError)) return 'internal';
  if (error.code === 'rate-limited') return 'too-many';
  if (error.code === 'not-allowed-now') return 'expired';
  if (error.code === 'store-unavailable') return 'not-on-record';
  return error.code === 'sign-in-refused' ? 'name-taken' : 'internal';
}
