import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import type { PasskeyAssertion, PasskeyRegistration } from '@cyclorama/shared/passkeys.ts';

/** What a browser gets of the server, as far as this one reads it. */
type CreationOptions = { challenge: string; rp?: { id: string }; user?: { id: string } };
type RequestOptions = {
  challenge: string;
  rpId?: string;
  allowCredentials?: { id: string }[];
};

type Credential = { id: Buffer; rpId: string; userHandle: string; privateKey: KeyObject; counter: number };

type Lies = {
  origin?: string;
  challenge?: string;
  rpId?: string;
  counter?: number;
  /** Of another key. */
  privateKey?: KeyObject;
  userVerified?: boolean;
};

/** A browser with its authenticator: ES256, attestation "none", counting signatures (WebAuthn, sections 5 and 6). */
export function createAuthenticator(origin: string, { counts = true, userVerified = true } = {}) {
  const credentials: Credential[] = [];

  const clientData = (type: 'webauthn.create' | 'webauthn.get', challenge: string, at: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: at, crossOrigin: false }));

  const authenticatorData = (
    { rpId, counter, verified }: { rpId: string; counter: number; verified: boolean },
    attested = Buffer.alloc(0),
  ): Buffer => {
    const flags = 0x01 | (verified ? 0x04 : 0) | (attested.length > 0 ? 0x40 : 0);
    const head = Buffer.alloc(5);
    head.writeUInt8(flags);
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), head, attested]);
  };

  return {
    credentials,

    register({ challenge, rp, user }: CreationOptions, lies: Lies = {}): PasskeyRegistration['answer'] {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const rpId = lies.rpId ?? rp?.id ?? '';
      const credential: Credential = {
        id: randomBytes(32),
        rpId,
        userHandle: user?.id ?? '',
        privateKey,
        counter: 0,
      };
      credentials.push(credential);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credential.id.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, credential.id, coseKey(publicKey)]);
      const verified = lies.userVerified ?? userVerified;
      const authData = authenticatorData({ rpId, counter: 0, verified }, attested);
      const attestation = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      );
      const id = credential.id.toString('base64url');
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: clientData(
            'webauthn.create',
            lies.challenge ?? challenge,
            lies.origin ?? origin,
          ).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      };
    },

    assert({ challenge, rpId, allowCredentials = [] }: RequestOptions, lies: Lies = {}): PasskeyAssertion {
      const allowed = new Set(allowCredentials.map(({ id }) => id));
      const credential = credentials.find(
        ({ id, rpId: of }) => of === rpId && (allowed.size === 0 || allowed.has(id.toString('base64url'))),
      );
      if (credential === undefined) throw new Error('this authenticator has no such credential');
      if (counts) credential.counter += 1;
      const authData = authenticatorData({
        rpId: lies.rpId ?? credential.rpId,
        counter: lies.counter ?? credential.counter,
        verified: lies.userVerified ?? userVerified,
      });
      const data = clientData('webauthn.get', lies.challenge ?? challenge, lies.origin ?? origin);
      const signed = Buffer.concat([authData, sha256(data)]);
      const id = credential.id.toString('base64url');
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: sign('sha256', signed, lies.privateKey ?? credential.privateKey).toString('base64url'),
          userHandle: credential.userHandle,
        },
      };
    },
  };
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/** EC2, ES256, P-256 (RFC 9053, 7.1). */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
}

/** What of CBOR these need (RFC 8949): integers, bytes, text and maps. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
  if (Buffer.isBuffer(value)) return Buffer.concat([cborHead(2, value.length), value]);
  if (typeof value === 'string')
    return Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (!(value instanceof Map)) throw new TypeError('not encoded here');
  const entries = [...value].flatMap(([key, item]) => [cbor(key), cbor(item)]);
  return Buffer.concat([cborHead(5, value.size), ...entries]);
}

function cborHead(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(major << 5) | argument]);
  if (argument < 256) return Buffer.from([(major << 5) | 24, argument]);
  return Buffer.from([(major << 5) | 25, argument >> 8, argument & 0xff]);
}
