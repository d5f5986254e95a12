import type { PasskeyAssertion, PasskeyRegistration } from '@cyclorama/shared/passkeys.ts';

import type { PasskeyRow } from '../../store/passkeys.ts';
import type { RelyingParty } from './relying-party.ts';

/** Loaded on first use: it takes a quarter of a second. */
const library = () => import('@simplewebauthn/server');

const TIMEOUT_MS = 5 * 60_000;

type Asked = { rp: RelyingParty; challenge: Buffer<ArrayBuffer>; passkeys: readonly PasskeyRow[] };

export async function registrationOptions(
  asked: Asked & { person: string; userHandle: Buffer<ArrayBuffer>; alone: boolean },
) {
  const { generateRegistrationOptions } = await library();
  const options = await generateRegistrationOptions({
    rpName: 'Cyclorama',
    rpID: asked.rp.id,
    userID: asked.userHandle,
    userName: asked.person,
    userDisplayName: asked.person,
    challenge: asked.challenge,
    timeout: TIMEOUT_MS,
    // Which model it is decides nothing here, so nothing is asked that identifies it.
    attestationType: 'none',
    excludeCredentials: asked.passkeys.map(descriptor),
    authenticatorSelection: asked.alone
      ? { residentKey: 'required', userVerification: 'required' }
      : { residentKey: 'preferred', userVerification: 'preferred' },
  });
  return { ...options };
}

/** Without `passkeys` the browser offers all it has for this address. */
export async function assertionOptions(asked: Asked & { verifyUser: boolean }) {
  const { generateAuthenticationOptions } = await library();
  const options = await generateAuthenticationOptions({
    rpID: asked.rp.id,
    challenge: asked.challenge,
    timeout: TIMEOUT_MS,
    allowCredentials: asked.passkeys.map(descriptor),
    userVerification: asked.verifyUser ? 'required' : 'preferred',
  });
  return { ...options };
}

type Answered = { rp: RelyingParty; challenge: string; verifyUser: boolean };

type Registered = Pick<PasskeyRow, 'credential_id' | 'public_key' | 'counter' | 'transports' | 'backed_up'>;

/** Null where the answer does not hold. */
export async function verifyRegistration(
  { rp, challenge, verifyUser }: Answered,
  { id, rawId, type, response }: PasskeyRegistration['answer'],
): Promise<Registered | null> {
  const { verifyRegistrationResponse } = await library();
  const { transports, ...signed } = response;
  const result = await verifyRegistrationResponse({
    response: { id, rawId, type, response: signed, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: rp.origin,
    expectedRPID: rp.id,
    requireUserVerification: verifyUser,
  }).catch(() => null);
  if (result === null || !result.verified) return null;
  const { credential, credentialBackedUp } = result.registrationInfo;
  return {
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: JSON.stringify(transports),
    backed_up: credentialBackedUp ? 1 : 0,
  };
}

/** Null where the signature does not hold. Comparing the counter is left to the store. */
export async function verifyAssertion(
  { rp, challenge, verifyUser }: Answered,
  passkey: PasskeyRow,
  { id, rawId, type, response }: PasskeyAssertion,
): Promise<{ counter: number; backedUp: boolean } | null> {
  const { verifyAuthenticationResponse } = await library();
  const { userHandle, ...signed } = response;
  if (userHandle !== undefined && userHandle !== '' && userHandle !== passkey.user_handle) return null;
  const result = await verifyAuthenticationResponse({
    response: { id, rawId, type, response: signed, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: rp.origin,
    expectedRPID: rp.id,
    requireUserVerification: verifyUser,
    credential: {
      id: passkey.credential_id,
      publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')),
      // The library compares before it has checked the signature, so anyone could feign a copied passkey.
      counter: 0,
    },
  }).catch(() => null);
  if (result === null || !result.verified) return null;
  const { newCounter, credentialBackedUp } = result.authenticationInfo;
  return { counter: newCounter, backedUp: credentialBackedUp };
}

function descriptor({ credential_id, transports }: PasskeyRow) {
  return { id: credential_id, transports: JSON.parse(transports) as string[] };
}
