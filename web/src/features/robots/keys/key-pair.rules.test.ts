import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { makeKeyPair } from './key-pair.rules.ts';
import { publicKeyError } from './ssh-key.rules.ts';

const seed = Uint8Array.from({ length: 32 }, (_, index) => index);
const pair = () => makeKeyPair('ada lovelace', seed, new Uint8Array(4));

it('makes a pair whose public half the booking form takes', async () => {
  const { publicKey, privateKey, fileName } = await pair();
  expect(publicKey).toMatch(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5\S+ ada-lovelace@cyclorama$/);
  expect(publicKeyError(publicKey)).toBeNull();
  expect(privateKey).toMatch(
    /^-----BEGIN OPENSSH PRIVATE KEY-----\n[\s\S]+\n-----END OPENSSH PRIVATE KEY-----\n$/,
  );
  expect(fileName).toMatch(/^cyclorama-[A-Za-z0-9]{8}\.key$/);
});

// Optional tool: where present, it verifies the file we write.
const openSsh = 'ssh-keygen';
const hasSshKeygen = (() => {
  try {
    execFileSync(openSsh, ['-?'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    // It ran if it exited by itself, with any status.
    return error instanceof Error && 'status' in error && typeof error.status === 'number';
  }
})();

it.runIf(hasSshKeygen)('is a pair to OpenSSH too', async () => {
  const { publicKey, privateKey } = await pair();
  const folder = mkdtempSync(join(tmpdir(), 'key-pair-'));
  try {
    const file = join(folder, 'key');
    writeFileSync(file, privateKey, { mode: 0o600 });
    const derived = execFileSync(openSsh, ['-y', '-f', file], { encoding: 'utf8' }).trim();
    expect(derived.split(' ').slice(0, 2)).toEqual(publicKey.split(' ').slice(0, 2));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
