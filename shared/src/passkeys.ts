import { z } from 'zod';

import { isoTime } from './common.ts';
import { passkeyQuestion } from './session.ts';

/** `alone`: a passkey that verifies its user (PIN, fingerprint, face) signs in without a password. */
export const passkeyPolicy = z.enum(['off', 'second-factor', 'alone']);
export type PasskeyPolicy = z.infer<typeof passkeyPolicy>;

/** Whom a password alone does not sign in, although they have no passkey yet: they add one first. */
export const passkeysRequired = z.enum(['nobody', 'admins', 'everybody']);
export type PasskeysRequired = z.infer<typeof passkeysRequired>;

export const passkey = z.object({
  id: z.string(),
  person: z.string(),
  name: z.string(),
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable(),
  /** Synchronised by its provider, so that losing one device does not lose it. */
  backedUp: z.boolean(),
});
export type Passkey = z.infer<typeof passkey>;

export const passkeysResponse = z.object({
  policy: passkeyPolicy,
  /** Why none can be added or used at this address; null where they can. */
  refusal: z.string().nullable(),
  /** Why the only one can't be removed; null where it can. */
  lastRefusal: z.string().nullable(),
  passkeys: z.array(passkey),
});
export type PasskeysResponse = z.infer<typeof passkeysResponse>;

export const everyonesPasskeys = z.object({ passkeys: z.array(passkey) });

const passkeyName = z.string().trim().min(1, 'expected a name').max(60);
export const passkeyRename = z.strictObject({ name: passkeyName });

/** Sent back with the browser's answer: which challenge it answers, sealed. */
export const sealedChallenge = z.string().max(2000);

export const passkeyCeremony = passkeyQuestion.extend({ challenge: sealedChallenge });
export type PasskeyCeremony = z.infer<typeof passkeyCeremony>;

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/, 'expected base64url');
const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
};

/** As `navigator.credentials` gives it, in JSON. Browsers add fields, so unknown ones are dropped and not refused. */
export const passkeyAssertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(4000),
    signature: base64url(8000),
    userHandle: base64url(100).optional(),
  }),
});
export type PasskeyAssertion = z.infer<typeof passkeyAssertion>;

export const passkeyRegistration = z.strictObject({
  name: passkeyName,
  challenge: sealedChallenge,
  answer: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(4000),
      attestationObject: base64url(40_000),
      transports: z.array(z.string().max(20)).max(10).default([]),
    }),
  }),
});
export type PasskeyRegistration = z.output<typeof passkeyRegistration>;

export const passkeySignIn = z.strictObject({ answer: passkeyAssertion });
