import { expect, it } from 'vitest';

import { publicKeyError } from './ssh-key.rules.ts';

const blobOf = (type: string, key: number) =>
  btoa(
    String.fromCharCode(0, 0, 0, type.length) + type + String.fromCharCode(0, 0, 0, key) + 'k'.repeat(key),
  );
const ed25519 = blobOf('ssh-ed25519', 32);

it('passes a public key with and without a comment, and none at all', () => {
  expect(publicKeyError(`ssh-ed25519 ${ed25519}`)).toBeNull();
  expect(publicKeyError(`  ssh-ed25519 ${ed25519} ada@home with spaces\n`)).toBeNull();
  expect(publicKeyError(' ')).toBeNull();
});

it('turns a private key away without repeating it', () => {
  const error = publicKeyError(
    '-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----',
  );
  expect(error).toMatch(/this is a private key/);
  expect(error).not.toContain('c2VjcmV0');
});

it('names what is wrong with a line', () => {
  expect(publicKeyError(`ssh-ed25519 ${ed25519}\nssh-ed25519 ${ed25519}`)).toMatch(/one line/);
  expect(publicKeyError(`ssh-dss ${ed25519}`)).toMatch(/starts with ssh-ed25519/);
  expect(publicKeyError(ed25519)).toMatch(/starts with ssh-ed25519/);
  expect(publicKeyError('ssh-ed25519 %%%')).toMatch(/not base64/);
  expect(publicKeyError('ssh-ed25519')).toMatch(/not base64/);
  expect(publicKeyError(`ssh-ed25519 ${ed25519.slice(0, 28)}`)).toMatch(/cut short/);
  expect(publicKeyError(`ssh-rsa ${ed25519}`)).toMatch(/has another type/);
});
