import type { Clock } from '../clock.ts';
import type { IdSource } from '../ids.ts';

export const ACCESS_TOKEN_LIFETIME_S = 7_200;

export type OAuthToken = {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
  created: number;
  refresh_token: string;
};

/** Access and refresh tokens of the public API: two hours, renewable once by their refresh token (Cycle docs). */
export type PlatformTokens = {
  issue(): OAuthToken;
  /** Undefined when the refresh token is unknown or used already. */
  refresh(refreshToken: string): OAuthToken | undefined;
  accepts(accessToken: string): boolean;
};

export function createPlatformTokens(clock: Clock, ids: IdSource): PlatformTokens {
  const access = new Map<string, number>();
  const refresh = new Set<string>();
  const issue = (): OAuthToken => {
    const token: OAuthToken = {
      access_token: ids.secret('access'),
      token_type: 'bearer',
      expires_in: ACCESS_TOKEN_LIFETIME_S,
      created: Math.floor(clock.now() / 1000),
      refresh_token: ids.secret('refresh'),
    };
    access.set(token.access_token, clock.now() + ACCESS_TOKEN_LIFETIME_S * 1000);
    refresh.add(token.refresh_token);
    return token;
  };
  return {
    issue,
    refresh: (token) => (refresh.delete(token) ? issue() : undefined),
    accepts: (token) => (access.get(token) ?? 0) > clock.now(),
  };
}
