import { createHash } from 'node:crypto';

import { SignJWT, generateKeyPair, jwtVerify } from 'jose';
import { z } from 'zod';

import type { Clock } from '../clock.ts';
import type { Profile } from './world.ts';

const ISSUER = 'rerobots.net';

const claimsSchema = z.object({
  sub: z.string(),
  su: z.boolean().optional(),
  org: z.string().optional(),
  in: z.string().optional(),
  sc: z.union([z.string(), z.array(z.string())]).optional(),
  wt: z.array(z.string()).optional(),
  opt: z.object({ expire_d: z.number().optional(), icount: z.number().optional() }).optional(),
});

export type Caller = {
  user: string;
  superuser: boolean;
  /** True without a scope, or with one that contains `rw`. */
  mayWrite: boolean;
  /** Instance the token is bound to. */
  boundTo: string | undefined;
  types: readonly string[] | undefined;
  expireSeconds: number | undefined;
  token: string;
};

export type TokenOptions = {
  user: string;
  /** Never expires if absent. */
  lifetimeSeconds?: number;
  /** Further claims: `su`, `sc`, `wt`, `in`, `opt`, `org`. */
  claims?: Record<string, unknown>;
};

export type Tokens = {
  issue: (options: TokenOptions) => Promise<string>;
  signCallback(): Promise<string>;
  /** Null for missing, bad, expired and revoked tokens alike. */
  identify(authorization: string | undefined): Promise<Caller | null>;
  /** Works on tokens the server has never seen, but only on that user's own. */
  revoke(user: string, sha256: string): void;
  /** Documented: revokes all tokens of a user. Observed: only those the server has seen. */
  purge(user: string): void;
};

export function tokenHash(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

function toCaller(token: string, payload: unknown): Caller | null {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) return null;
  const { sub, su, sc, wt, opt, in: boundTo } = parsed.data;
  const scopes = typeof sc === 'string' ? sc.split(/[\s,]+/) : sc;
  return {
    user: sub,
    superuser: su === true,
    mayWrite: scopes === undefined || scopes.includes('rw'),
    boundTo,
    types: wt,
    expireSeconds: opt?.expire_d,
    token,
  };
}

/** RS256 tokens as the Web UI hands them out: `sub` names the user, `iss` and `aud` are `rerobots.net`. */
export async function createTokens(clock: Clock, profile: Profile): Promise<Tokens> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const known = new Map<string, Set<string>>();
  const revoked = new Set<string>();
  const issued = new Set<string>();
  const seconds = () => Math.floor(clock.now() / 1000);

  /** RS256 gives one text for the same claims, so a second token of the same second is valid from the second before. */
  async function sign(jwt: SignJWT, notBefore: number): Promise<string> {
    const token = await jwt.setNotBefore(notBefore).sign(privateKey);
    if (issued.has(token)) return sign(jwt, notBefore - 1);
    issued.add(token);
    return token;
  }

  function remember(user: string, hash: string) {
    const hashes = known.get(user) ?? new Set<string>();
    known.set(user, hashes.add(hash));
  }

  return {
    async issue({ user, lifetimeSeconds, claims }) {
      const alias = profile === 'documented' ? { user } : {};
      const jwt = new SignJWT({ ...alias, ...claims })
        .setProtectedHeader({ typ: 'JWT', alg: 'RS256' })
        .setSubject(user)
        .setIssuer(ISSUER)
        .setAudience(ISSUER);
      if (lifetimeSeconds !== undefined) jwt.setExpirationTime(seconds() + lifetimeSeconds);
      const token = await sign(jwt, seconds());
      if (profile === 'documented') remember(user, tokenHash(token));
      return token;
    },
    signCallback: () =>
      new SignJWT({ exp: seconds() + 10, nbf: seconds() - 1 })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
        .sign(privateKey),
    async identify(authorization) {
      if (!authorization?.startsWith('Bearer ')) return null;
      const token = authorization.slice('Bearer '.length);
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: ['RS256'],
          issuer: ISSUER,
          audience: ISSUER,
          currentDate: new Date(clock.now()),
        });
        const caller = toCaller(token, payload);
        if (!caller || revoked.has(`${caller.user} ${tokenHash(token)}`)) return null;
        remember(caller.user, tokenHash(token));
        return caller;
      } catch {
        return null;
      }
    },
    revoke(user, sha256) {
      revoked.add(`${user} ${sha256}`);
    },
    purge(user) {
      for (const hash of known.get(user) ?? []) revoked.add(`${user} ${hash}`);
    },
  };
}
