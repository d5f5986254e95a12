import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { createRecordSignature } from './lib/record-signature.ts';
import { appendEntries, signedParts } from './store/activity-chain.ts';
import { openStore } from './store/database.ts';
import type { Store } from './store/database.ts';
import { newEntry } from './testing/builders/activity.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'cyclorama-audit-'));
const script = fileURLToPath(new URL('audit-verify.ts', import.meta.url));
let store: Store;
let hashes: string[];

beforeAll(async () => {
  store = await openStore({ dataDir }, { warn: () => undefined });
  const entries = [1, 2, 3, 4].map((at) => newEntry({ at }));
  const rows = await store.db.transaction().execute((db) => appendEntries(db, entries));
  hashes = rows.map(({ hash }) => hash);
});
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Beside the process that holds the store open. */
const verify = (...options: string[]): Promise<{ code: number; lines: string[] }> =>
  new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: dataDir, SESSION_SECRET: 's'.repeat(32) };
    execFile(process.execPath, [script, ...options], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), lines: (stdout + stderr).trim().split('\n') });
    });
  });

it('says up to which entry the chain holds, and finds a head that was told outside', async () => {
  expect(await verify('--head', hashes[1] ?? '')).toEqual({
    code: 0,
    lines: [
      `The chain holds up to entry 4, the last: ${hashes[3]}`,
      'The head is that of entry 2.',
      '4 entries, 4 verified, 0 failed',
    ],
  });
}, 90_000);

it('says where a head that was told outside is in no entry', async () => {
  const { code, lines } = await verify('--head', 'f'.repeat(64));
  expect([code, lines.at(-2)]).toEqual([
    1,
    'The head is in no entry. The record was cut or made anew since.',
  ]);
}, 90_000);

it('finds lines of the log that were changed', async () => {
  const entry = newEntry({ actor: 'ada', action: 'session.sign-out' });
  const signature = createRecordSignature(['s'.repeat(32)]).sign(signedParts(entry));
  const file = join(dataDir, 'log');
  const lines = [{ msg: 'serving' }, { entry, signature }, { entry: { ...entry, actor: 'eve' }, signature }];
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  const { code, lines: said } = await verify('--log', file);
  expect([code, said.slice(1, 3)]).toEqual([
    1,
    ['2 entries in the log, 1 with a false signature', 'Line 3 of the log was changed or made up.'],
  ]);
}, 90_000);

it('says what is missing where it has nothing to read', async () => {
  const badHead = await verify('--head', 'abc');
  expect(badHead).toEqual({ code: 2, lines: ['--head: expected the 64 hexadecimal digits of a hash.'] });
  const log = join(dataDir, 'none');
  const { code, lines } = await verify('--log', log);
  expect([code, lines.at(-1)]).toEqual([2, `ENOENT: no such file or directory, open '${log}'`]);
}, 90_000);

it('names the first entry that does not hold', async () => {
  await sql`drop trigger activity_unchanged`.execute(store.db);
  await store.db.updateTable('activity').set({ actor: 'eve' }).where('id', '=', 3).execute();
  expect(await verify()).toEqual({
    code: 1,
    lines: [
      'The chain holds up to entry 2 of 4.',
      'Entry 3 is the first that does not hold. It was changed.',
      '4 entries, 3 verified, 1 failed',
    ],
  });
}, 90_000);
