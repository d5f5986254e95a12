import { z } from 'zod';

import { isoTime, role } from './common.ts';

/** The token itself is in the answer to its creation only. */
export const accessToken = z.object({
  id: z.string(),
  name: z.string(),
  /** Upper bound; a call never gets more than its owner has at that time. */
  role,
  createdAt: isoTime,
  expiresAt: isoTime,
  lastUsedAt: isoTime.nullable(),
});
export type AccessToken = z.infer<typeof accessToken>;

export const accessTokensResponse = z.object({ tokens: z.array(accessToken) });
export type AccessTokensResponse = z.infer<typeof accessTokensResponse>;

/** Scripts send the token as `Authorization: Bearer …` and need no CSRF token. */
export const accessTokenRequest = z.strictObject({
  name: z.string().trim().min(1, 'expected a name').max(100),
  role: role.default('operator'),
  expiresInDays: z.number().int().min(1).max(365).default(30),
});
export type AccessTokenRequest = z.infer<typeof accessTokenRequest>;
export const accessTokenCreated = accessToken.extend({ token: z.string() });
export type AccessTokenCreated = z.infer<typeof accessTokenCreated>;
