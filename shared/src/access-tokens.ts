import { z } from 'zod';

import { isoTime, role } from './common.ts';

/** A personal access token as it is listed; the token itself is shown once, when made. */
export const accessToken = z.object({
  id: z.string(),
  name: z.string(),
  /** The most it may do; never more than its owner may at the time of the call. */
  role,
  createdAt: isoTime,
  expiresAt: isoTime,
  lastUsedAt: isoTime.nullable(),
});
export type AccessToken = z.infer<typeof accessToken>;

/** `GET /api/access-tokens`: the person's own. */
export const accessTokensResponse = z.object({ tokens: z.array(accessToken) });
export type AccessTokensResponse = z.infer<typeof accessTokensResponse>;

/** `POST /api/access-tokens`; scripts send it as `Authorization: Bearer …` and need no CSRF token. */
export const accessTokenRequest = z.strictObject({
  name: z.string().trim().min(1, 'expected a name').max(100),
  role: role.default('operator'),
  expiresInDays: z.number().int().min(1).max(365).default(30),
});
export type AccessTokenRequest = z.infer<typeof accessTokenRequest>;
export const accessTokenCreated = accessToken.extend({ token: z.string() });
export type AccessTokenCreated = z.infer<typeof accessTokenCreated>;
