import { expect, it } from 'vitest';

import { isThisMachine } from './this-machine.ts';

it.each([
  ['http://localhost:8080', true],
  ['http://team.localhost', true],
  ['http://127.0.0.1', true],
  ['http://127.1', true],
  ['http://[::1]:80', true],
  ['http://0.0.0.0', true],
  ['http://127.example.org', false],
  ['http://127.0.0.1.nip.io', false],
  ['http://notlocalhost', false],
  ['http://192.0.2.1', false],
])('%s is this machine: %s', (address, is) => {
  expect(isThisMachine(new URL(address).hostname)).toBe(is);
});
