import * as client from 'openid-client';

import type { Clock } from '../../../lib/clock.ts';
import { claimsToIdentity } from './identity.rules.ts';
import type { ClaimNames, OidcIdentity } from './identity.rules.ts';

const TIMEOUT_SECONDS = 10;
/** How long ago an authentication for this sign-in may be. */
const MAX_AGE_SECONDS = 300;
const DISCOVERY_KEPT_MS = 3_600_000;

/** What the browser keeps, sealed, between leaving for the provider and coming back. */
export type PendingSignIn = { state: string; nonce: string; verifier: string; again: boolean };

/**
 * - `unreachable`: no answer, or none that can be read. - `refused`: the provider said no, or its answer is not to be
 * trusted (state, nonce, signature).
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly fault: 'unreachable' | 'refused';
  /** OAuth's error code, such as `access_denied` or `invalid_grant`; null where there was none. */
  readonly oauthError: string | null;

  constructor(fault: ProviderError['fault'], oauthError: string | null, cause: unknown) {
    super(`The sign-in provider: ${fault}${oauthError === null ? '' : ` (${oauthError})`}`, { cause });
    this.fault = fault;
    this.oauthError = oauthError;
  }
}

/** Every call rejects with a `ProviderError` only. */
export type OidcProvider = {
  /** `again`: the provider must not answer from a session it has, but have the person authenticate now. */
  begin(again: boolean): Promise<PendingSignIn & { url: URL }>;
  /** `answer`: the redirect URI with the query the provider added. */
  finish(answer: URL, pending: PendingSignIn): Promise<OidcGrant>;
  /**
   * Asks whether the person still is one; `identity` is null where the provider says no more than that.
   * @throws ProviderError with `invalid_grant` where they are not.
   */
  refresh(
    refreshToken: string,
    sub: string,
  ): Promise<{ identity: OidcIdentity | null; refreshToken: string | null }>;
  /**
   * Where the browser signs out of the provider too; null where it offers none. Without the ID token it gave
   * (`id_token_hint`, OpenID Connect RP-Initiated Logout 1.0, section 2) it may ask whose session to end.
   */
  endSessionUrl(returnTo: string, idToken: string | null): Promise<URL | null>;
};

/** `refreshToken` is null where the provider gave none. */
export type OidcGrant = {
  identity: OidcIdentity;
  idToken: string | null;
  refreshToken: string | null;
  /** Epoch milliseconds; 0 where the provider does not say when the person authenticated. */
  authenticatedAt: number;
};

export type ProviderSettings = ClaimNames & {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  redirectUri: string;
  scopes: string;
};

export function createOidcProvider(settings: ProviderSettings, clock: Clock): OidcProvider {
  const { issuer, clientId, clientSecret, redirectUri, scopes } = settings;
  let discovered: { configuration: Promise<client.Configuration>; until: number } | null = null;

  /** On first use; a failure is forgotten, so that the next one tries again. */
  const configured = (): Promise<client.Configuration> => {
    if (discovered !== null && discovered.until > clock.now()) return discovered.configuration;
    const authentication = clientSecret === null ? client.None() : withSecret(clientSecret);
    const execute = [client.enableNonRepudiationChecks];
    // Plain http is for a provider on this very machine; the configuration takes no other.
    if (issuer.startsWith('http:')) execute.push(client.allowInsecureRequests);
    const configuration = client.discovery(new URL(issuer), clientId, undefined, authentication, {
      timeout: TIMEOUT_SECONDS,
      execute,
    });
    const attempt = { configuration, until: clock.now() + DISCOVERY_KEPT_MS };
    discovered = attempt;
    configuration.catch(() => {
      if (discovered === attempt) discovered = null;
    });
    return configuration;
  };

  /** An ID token need not hold what the userinfo endpoint tells, and a refresh need not bring one. */
  const identityOf = async (
    configuration: client.Configuration,
    { claims, accessToken, sub }: { claims: client.IDToken | undefined; accessToken: string; sub: string },
  ): Promise<OidcIdentity | null> => {
    const endpoint = configuration.serverMetadata().userinfo_endpoint;
    if (endpoint === undefined && claims === undefined) return null;
    const told = endpoint === undefined ? {} : await client.fetchUserInfo(configuration, accessToken, sub);
    return claimsToIdentity({ ...told, ...claims, sub }, issuer, settings);
  };

  return {
    begin: (again) =>
      explained(async () => {
        const configuration = await configured();
        const pending = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          verifier: client.randomPKCECodeVerifier(),
          again,
        };
        const url = client.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: scopes,
          state: pending.state,
          nonce: pending.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
          code_challenge_method: 'S256',
          ...(again ? { prompt: 'login', max_age: '0' } : {}),
        });
        return { ...pending, url };
      }),
    finish: (answer, { state, nonce, verifier, again }) =>
      explained(async () => {
        const configuration = await configured();
        const tokens = await client.authorizationCodeGrant(configuration, answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          // Then the ID token must say when, and that must be now, give or take the clocks.
          ...(again ? { maxAge: MAX_AGE_SECONDS } : {}),
        });
        const claims = tokens.claims();
        const sub = claims?.sub ?? '';
        const identity = await identityOf(configuration, { claims, accessToken: tokens.access_token, sub });
        if (identity === null) throw new ProviderError('refused', null, new Error('no ID token was given'));
        const authenticatedAt = (claims?.auth_time ?? 0) * 1000;
        const { id_token: idToken = null, refresh_token: refreshToken = null } = tokens;
        return { identity, idToken, refreshToken, authenticatedAt };
      }),
    refresh: (refreshToken, sub) =>
      explained(async () => {
        const configuration = await configured();
        const tokens = await client.refreshTokenGrant(configuration, refreshToken);
        const claims = tokens.claims();
        if (claims !== undefined && claims.sub !== sub) {
          throw new ProviderError('refused', null, new Error('the provider answered for somebody else'));
        }
        const identity = await identityOf(configuration, { claims, accessToken: tokens.access_token, sub });
        return { identity, refreshToken: tokens.refresh_token ?? null };
      }),
    endSessionUrl: (returnTo, idToken) =>
      explained(async () => {
        const configuration = await configured();
        if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
        return client.buildEndSessionUrl(configuration, {
          post_logout_redirect_uri: returnTo,
          ...(idToken === null ? {} : { id_token_hint: idToken }),
        });
      }),
  };
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw providerErrorOf(cause);
  }
}

/** Codes of openid-client for an answer that did not come, or is no answer of a provider. */
const UNREADABLE = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
]);

function providerErrorOf(cause: unknown): ProviderError {
  if (cause instanceof ProviderError) return cause;
  if (cause instanceof client.AuthorizationResponseError) {
    return new ProviderError('refused', cause.error, cause);
  }
  if (cause instanceof client.ResponseBodyError) {
    const isBroken = cause.status >= 500 || cause.status === 429;
    return new ProviderError(isBroken ? 'unreachable' : 'refused', cause.error, cause);
  }
  const isAnswer =
    cause instanceof client.ClientError && cause.code !== undefined && !UNREADABLE.has(cause.code);
  return new ProviderError(isAnswer ? 'refused' : 'unreachable', null, cause);
}

/** As the provider takes it; `client_secret_basic` is the default (OpenID Connect Discovery 1.0, section 3). */
function withSecret(secret: string): client.ClientAuth {
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authenticate = methods.includes('client_secret_basic')
      ? client.ClientSecretBasic(secret)
      : client.ClientSecretPost(secret);
    authenticate(server, ...rest);
  };
}
