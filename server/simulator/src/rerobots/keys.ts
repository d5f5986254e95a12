import { createECDH, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

import type { Random } from '../random.ts';

/** SSH wire format: a length-prefixed string. */
function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function ed25519Public(seed: Buffer): Buffer {
  const header = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = createPrivateKey({ key: Buffer.concat([header, seed]), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
}

export type SshKeyPair = { privateKey: string; publicKey: string };

/**
 * A real ed25519 pair made from the random stream: the private key unencrypted in OpenSSH's own format
 * (PROTOCOL.key), the public one as a line of `authorized_keys`.
 */
export function sshKeyPair(random: Random, comment: string): SshKeyPair {
  const seed = Buffer.from(random.hex(64), 'hex');
  const publicKey = ed25519Public(seed);
  const publicBlob = Buffer.concat([field('ssh-ed25519'), field(publicKey)]);
  const check = uint32(random.int(0, 0xffffffff));
  const secret = Buffer.concat([
    check,
    check,
    field('ssh-ed25519'),
    field(publicKey),
    field(Buffer.concat([seed, publicKey])),
    field(comment),
  ]);
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1));
  const blob = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    field('none'),
    field('none'),
    field(''),
    uint32(1),
    field(publicBlob),
    field(Buffer.concat([secret, padding])),
  ]);
  const lines = blob.toString('base64').match(/.{1,70}/g) ?? [];
  return {
    privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`,
    publicKey: `ssh-ed25519 ${publicBlob.toString('base64')} ${comment}`,
  };
}

/** SSH wire format of a positive integer: a leading zero byte where the first bit is set. */
function integer(value: string): Buffer {
  const bytes = Buffer.from(value, 'base64url');
  return field((bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
}

/** A real RSA pair, the private key as PKCS#1 PEM; unlike the rest of the world it does not follow from the seed. */
export function rsaKeyPair(comment: string): SshKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const blob = Buffer.concat([field('ssh-rsa'), integer(e), integer(n)]);
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs1' }).toString(),
    publicKey: `ssh-rsa ${blob.toString('base64')} ${comment}`,
  };
}

/**
 * A host's key, a real NIST P-256 one of a host named after the random stream: the private half as PEM, the public
 * one as a line of `hostkeys`.
 */
export function sshHostKeyPair(random: Random): SshKeyPair {
  const ecdh = createECDH('prime256v1');
  // Below the curve's order, whatever the rest: its first 32 bits are all ones.
  ecdh.setPrivateKey(Buffer.from(`0${random.hex(63)}`, 'hex'));
  const point = ecdh.getPublicKey();
  const blob = Buffer.concat([field('ecdsa-sha2-nistp256'), field('nistp256'), field(point)]);
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
      d: ecdh.getPrivateKey().toString('base64url'),
    },
  });
  return {
    privateKey: key.export({ format: 'pem', type: 'sec1' }).toString(),
    publicKey: `ecdsa-sha2-nistp256 ${blob.toString('base64')} root@newc${random.int(10, 99)}`,
  };
}

/** PEM text around random bytes: what a client file of a VPN looks like, opening nothing. */
export function fakePem(random: Random, label: string, bytes: number): string {
  const lines =
    Buffer.from(random.hex(bytes * 2), 'hex')
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----`;
}
