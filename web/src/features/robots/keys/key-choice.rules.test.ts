import { expect, it } from 'vitest';

import { keyChoiceRefusal, noKeyYet, publicKeyOf } from './key-choice.rules.ts';

const pair = {
  publicKey: 'ssh-ed25519 AAAA',
  privateKey: 'secret',
  fingerprint: 'SHA256:x',
  fileName: 'x.key',
};

it('asks for a pair, and for the private half to be taken, before anything is booked', () => {
  expect(keyChoiceRefusal(noKeyYet)).toMatch(/^Create a key pair/);
  expect(keyChoiceRefusal({ ...noKeyYet, pair })).toMatch(/^Save the private key/);
  expect(keyChoiceRefusal({ ...noKeyYet, pair, isSaved: true })).toBeNull();
});

it('asks for a good public key where one’s own is used, and for nothing where none is', () => {
  expect(keyChoiceRefusal({ ...noKeyYet, mode: 'paste' })).toMatch(/^Paste your public key/);
  expect(keyChoiceRefusal({ ...noKeyYet, mode: 'paste', pasted: 'hello' })).toMatch(/^Public key: expected/);
  expect(keyChoiceRefusal({ ...noKeyYet, mode: 'none' })).toBeNull();
});

it('sends the public half of what was chosen and nothing else', () => {
  expect(publicKeyOf({ ...noKeyYet, pair })).toBe('ssh-ed25519 AAAA');
  expect(publicKeyOf({ ...noKeyYet, pair, mode: 'paste', pasted: ' mine ' })).toBe('mine');
  expect(publicKeyOf({ ...noKeyYet, pair, mode: 'none' })).toBe('');
});
