import { z } from 'zod';

import { isoTime, role } from './common.ts';

export const signInRequest = z.strictObject({
  username: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(1000),
});
export type SignInRequest = z.infer<typeof signInRequest>;

/** What vouches for a person, and what a session was opened with. A passkey belongs to a person of another way. */
export const personWay = z.enum(['vpn', 'oidc', 'break-glass']);
export type PersonWay = z.infer<typeof personWay>;
export const signInWay = z.enum([...personWay.options, 'passkey']);
export type SignInWay = z.infer<typeof signInWay>;

/** Changes carry `csrfToken` in the header `X-CSRF-Token`. */
export const session = z.object({
  user: z.object({ name: z.string(), role }),
  way: z.enum([...signInWay.options, 'access-token']),
  csrfToken: z.string(),
  expiresAt: isoTime,
  /** When the person must have signed in again; null: nothing is asked. */
  confirmBy: isoTime.nullable(),
  /** Until a passkey was added and used, everything else is refused with `passkey-needed`. */
  passkeyNeeded: z.boolean(),
});
export type Session = z.infer<typeof session>;

/** Why the sign-in provider's answer led to no session, as the address of the page says it. */
export const signInFailure = z.enum([
  'provider-unavailable',
  'provider-refused',
  'denied',
  'expired',
  'name-taken',
  'not-on-record',
  'too-many',
  'internal',
]);
export type SignInFailure = z.infer<typeof signInFailure>;

/** What the sign-in page offers. */
export const signInOffer = z.object({
  password: z.boolean(),
  /** The provider's name; null where there is none. */
  oidc: z.string().nullable(),
  /** Whether a passkey alone signs in. */
  passkey: z.boolean(),
});
export type SignInOffer = z.infer<typeof signInOffer>;
/**
 * For `navigator.credentials`: the browser reads it, not the page (WebAuthn, sections 5.4 and 5.5). What it is to answer
 * is in a cookie, so that only this browser can.
 */
export const passkeyQuestion = z.object({ options: z.looseObject({ challenge: z.string() }) });
export type PasskeyQuestion = z.infer<typeof passkeyQuestion>;

/** To a name and its password: a session, or the question for a passkey too, which is no session yet. */
export const signInAnswer = z.union([session, passkeyQuestion]);
export type SignInAnswer = z.infer<typeof signInAnswer>;

export const storeFault = z.object({ message: z.string(), hint: z.string() });

export const about = z.object({
  name: z.literal('Cyclorama'),
  version: z.string(),
  /** Shown on every page, e.g. that the upstreams are simulated. */
  notice: z.string().nullable(),
  /** Where the page is to be opened, without a trailing slash; null when not configured. */
  publicUrl: z.string().nullable(),
  signIn: signInOffer,
  /** Null while the store works. */
  store: storeFault.nullable(),
});
export type About = z.infer<typeof about>;
