import { webcrypto } from 'node:crypto';

import { expect, it } from 'vitest';

import { tokenHash } from './token-hash.rules.ts';

it('hashes a token as sha256sum does, without the line end it was pasted with', async () => {
  expect(await tokenHash('abc\n', webcrypto.subtle)).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
