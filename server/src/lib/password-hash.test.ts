import { scryptSync } from 'node:crypto';

import { expect, it } from 'vitest';

import { hashPassword, isPasswordHash, isPasswordOf } from './password-hash.ts';

it('writes a PHC string that only the password opens', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(isPasswordHash(hash)).toBe(true);
  expect(await isPasswordOf('correct horse battery', hash)).toBe(true);
  expect(await isPasswordOf('correct horse batterY', hash)).toBe(false);
  expect(await hashPassword('correct horse battery')).not.toBe(hash);
});

it('reads a hash another program made, with a cost of its own', async () => {
  const salt = Buffer.from('a salt of sixteen');
  const key = scryptSync('pässword', salt, 32, { N: 2 ** 14, r: 8, p: 1 });
  const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
  const hash = `$scrypt$ln=14,r=8,p=1$${base64(salt)}$${base64(key)}`;
  expect(await isPasswordOf('pässword', hash)).toBe(true);
  expect(await isPasswordOf('pa\u0308ssword', hash), 'the same letters, written apart').toBe(true);
});

it.each([
  ['a password', 'hunter2'],
  ['another kind of hash', '$2b$12$abcdefghijklmnopqrstuuY4bJbGyq'],
  ['too cheap a cost', `$scrypt$ln=4,r=8,p=1$${'a'.repeat(22)}$${'b'.repeat(43)}`],
  ['a cost that takes gigabytes', `$scrypt$ln=24,r=8,p=1$${'a'.repeat(22)}$${'b'.repeat(43)}`],
  ['a hash cut short', `$scrypt$ln=15,r=8,p=3$${'a'.repeat(22)}$${'b'.repeat(20)}`],
])('does not take %s for a hash', async (_what, text) => {
  expect(isPasswordHash(text)).toBe(false);
  expect(await isPasswordOf('hunter2', text)).toBe(false);
});
