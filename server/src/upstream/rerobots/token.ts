import { createHash } from 'node:crypto';

import { z } from 'zod';

const claims = z.object({ sub: z.string().nullish(), user: z.string().nullish(), exp: z.number().nullish() });

/** Tokens are revoked by the SHA-256 of their text, 64 hexadecimal digits ("rerobots API reference"). */
export function tokenSha256(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/**
 * Unverified. The user is `sub` on the wire, `user` in the documentation; `expiresAt` is epoch milliseconds. Null where
 * absent, or where the token is no JSON Web Token.
 */
export function tokenClaims(token: string): { userName: string | null; expiresAt: number | null } {
  const parsed = claims.safeParse(payloadOf(token));
  if (!parsed.success) return { userName: null, expiresAt: null };
  const { sub, user, exp } = parsed.data;
  const expiresAt = exp === null || exp === undefined ? null : exp * 1_000;
  return { userName: sub ?? user ?? null, expiresAt };
}

function payloadOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
