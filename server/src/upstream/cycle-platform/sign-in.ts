import type { Clock } from '../../lib/clock.ts';
import { UpstreamError } from '../../lib/errors.ts';
import type { Requester } from '../http.ts';
import type { StoredToken, TokenStorage } from './token-storage.ts';
import { tokenAnswer } from './wire.ts';

/** Renewed this long before it expires. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** Lifetime where the answer does not say ("Cycle public API": two hours). */
const DEFAULT_LIFETIME_SECONDS = 7_200;

export type SignIn = {
  /** Signs in or renews where needed, once for all concurrent callers. */
  accessToken(): Promise<string>;
  /** Drops a token the API refused, unless it was replaced meanwhile. */
  refused(accessToken: string): void;
};

type Options = { requester: Requester; apiKey: string; clock: Clock; storage: TokenStorage };

/** Exchanges the hub's API key for two-hour tokens: form POST to `/auth/token` ("Cycle public API: authentication"). */
export function createSignIn({ requester, apiKey, clock, storage }: Options): SignIn {
  let renewing: Promise<StoredToken> | null = null;

  const grant = async (form: Record<string, string>): Promise<StoredToken> => {
    const answer = await requester.write('POST', '/auth/token', { form });
    const parsed = tokenAnswer.safeParse(answer.json);
    if (!parsed.success) {
      throw new UpstreamError(
        'platform',
        'invalid',
        "Cycle's public API signed in with an answer of another shape.",
      );
    }
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = parsed.data;
    const endsAt = clock.now() + (seconds ?? DEFAULT_LIFETIME_SECONDS) * 1_000;
    return { accessToken, refreshToken: refreshToken ?? null, endsAt };
  };
  const signIn = (): Promise<StoredToken> => grant({ grant_type: 'api_key', secret: apiKey });
  const renew = async (): Promise<StoredToken> => {
    const refreshToken = storage.read()?.refreshToken ?? null;
    if (refreshToken === null) return signIn();
    try {
      return await grant({ grant_type: 'refresh_token', refresh_token: refreshToken });
    } catch {
      // A refresh token works once and may be lost with its answer; the API key always works.
      return signIn();
    }
  };

  return {
    async accessToken() {
      const held = storage.read();
      if (held && clock.now() < held.endsAt - RENEW_BEFORE_MS) return held.accessToken;
      renewing ??= renew().finally(() => {
        renewing = null;
      });
      const renewed = await renewing;
      storage.write(renewed);
      return renewed.accessToken;
    },
    refused(accessToken) {
      if (storage.read()?.accessToken === accessToken) storage.delete();
    },
  };
}
