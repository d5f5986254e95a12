import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { createSecretBox } from '../lib/secret-box.ts';
import { openStore } from './database.ts';
import type { Store } from './database.ts';
import { loadSecrets, readSecrets } from './session-secret.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'cyclorama-secret-'));
const path = join(dataDir, 'session-secret');
let store: Store;

beforeAll(async () => {
  store = await openStore({ dataDir }, { warn: () => undefined });
});
beforeEach(() => rmSync(path, { force: true }));
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const load = async () =>
  (await loadSecrets({ sessionSecrets: [], databaseUrl: null, dataDir }, store)).secrets[0];

it('is made once, for its owner only', async () => {
  // As left by a crash before the rename.
  writeFileSync(`${path}.new`, 'cut');
  const secret = await load();
  expect(secret).toHaveLength(43);
  expect(await load()).toBe(secret);
  expect(readFileSync(path, 'utf8')).toBe(secret);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it.each(['', 'c', 'x'.repeat(42), `${'x'.repeat(42)}\0`])(
  'is never used when it was cut short: %j',
  async (text) => {
    writeFileSync(path, text);
    await expect(load()).rejects.toMatchObject({
      name: 'StoreError',
      message: expect.stringMatching(/cut short, so it is not used: restore it from a backup, or delete/),
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);

it('that was generated opens what it sealed once another is configured', async () => {
  const generated = (await load()) ?? '';
  const sealed = createSecretBox(generated, 'test').seal('a robot token');
  const first = 'a'.repeat(32);
  const { secrets } = await loadSecrets({ sessionSecrets: [first], databaseUrl: null, dataDir }, store);
  expect(secrets).toEqual([first, generated]);
  expect(createSecretBox(secrets, 'test').open(sealed)).toBe('a robot token');
  expect(await readSecrets({ sessionSecrets: [first], dataDir })).toEqual([first, generated]);
  writeFileSync(path, 'cut');
  const later = await loadSecrets({ sessionSecrets: [first], databaseUrl: null, dataDir }, store);
  expect(later.secrets).toEqual([first]);
});

it('is what is configured, and the folder is left alone', async () => {
  const sessionSecrets = ['a'.repeat(32), 'b'.repeat(32)];
  const loaded = await loadSecrets({ sessionSecrets, databaseUrl: null, dataDir }, store);
  expect(loaded).toEqual({ secrets: sessionSecrets, inDatabase: false });
  expect(existsSync(path)).toBe(false);
});
