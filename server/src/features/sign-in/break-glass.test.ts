import { scryptSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { createRecordSignature } from '../../lib/record-signature.ts';
import { checkLogLines } from '../../store/activity-log-lines.ts';
import type { TestServer } from '../../testing/server.fixture.ts';
import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import { TEST_SECRET } from '../../testing/test-secret.ts';

const PASSWORD = 'for emergencies only';
const SALT = Buffer.from('sixteen bytes of');
/** As cheap as is taken, since the tests check it often. */
const KEY = scryptSync(PASSWORD, SALT, 32, { N: 2 ** 13, r: 8, p: 1 });
const inBase64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    env: {
      BREAK_GLASS_USER: 'fire-axe',
      BREAK_GLASS_PASSWORD_HASH: `$scrypt$ln=13,r=8,p=1$${inBase64(SALT)}$${inBase64(KEY)}`,
      TRUST_PROXY: '1',
    },
  });
});
afterAll(() => server.close());

it('signs an admin in without asking Cycle, and says so loudly', async () => {
  const undo = server.simulator.fail({ api: 'cycle', kind: 'refuse' });
  const answer = await server.signInAs('fire-axe', PASSWORD);
  undo();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ user: { name: 'fire-axe', role: 'admin' } });
  const { entries } = await server.activity.page({ limit: 5, way: 'break-glass' });
  expect(entries).toMatchObject([{ actor: 'fire-axe', action: 'session.sign-in', outcome: 'done' }]);
  const line = server
    .log()
    .split('\n')
    .find((one) => one.includes('the break-glass admin signed in'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'warn' });
  expect(server.log()).not.toContain(PASSWORD);
});

it('refuses a wrong password in the same words as anybody’s, and never asks Cycle about the name', async () => {
  const wrong = await errorOf(await server.signInAs('fire-axe', 'x'));
  const nobody = await errorOf(await server.signInAs('nobody', 'x'));
  expect({ ...wrong, requestId: '' }).toEqual({ ...nobody, requestId: '' });
});

it('is let in from elsewhere while the name is attacked, and soon even from there', async () => {
  const attacker = { 'x-forwarded-for': '203.0.113.9' };
  let answer = await server.signInAs('fire-axe', 'x', attacker);
  while (answer.status === 401) answer = await server.signInAs('fire-axe', 'x', attacker);
  expect(answer.status).toBe(429);
  expect((await errorOf(answer)).retryAfterSeconds).toBeLessThanOrEqual(60);
  const elsewhere = { 'x-forwarded-for': '203.0.113.10' };
  expect((await server.signInAs('fire-axe', PASSWORD, elsewhere)).status).toBe(200);
});

it('is let in while the store can’t be used, alone, with its entry in a signed line of the log', async () => {
  const { db } = server.store;
  const { entries: before } = await server.activity.page({ limit: 1 });
  await sql`pragma query_only = on`.execute(db);
  const statuses = [];
  for (const password of ['x', PASSWORD]) {
    statuses.push(
      (await server.signInAs('fire-axe', password, { 'x-forwarded-for': '203.0.113.77' })).status,
    );
  }
  const vera = await server.signInAs('vera', server.password('vera'));
  await sql`pragma query_only = off`.execute(db);
  expect(statuses).toEqual([401, 200]);
  expect([vera.status, vera.headers.getSetCookie()]).toEqual([503, []]);
  expect((await errorOf(vera)).message).toBe(
    'Nothing was done, as it can’t be put on record. The data can’t be written. Nothing can be changed until it is fixed.',
  );
  const file = join(mkdtempSync(join(tmpdir(), 'cyclorama-log-')), 'log');
  const lines = server.log().split('\n');
  const signed = lines.filter((line) => line.includes('"signature"') && line.includes('session.sign-in'));
  writeFileSync(file, [...signed, ...signed.map((line) => line.replaceAll('fire-axe', 'vera'))].join('\n'));
  const checked = await checkLogLines(file, createRecordSignature([TEST_SECRET]));
  expect(checked).toEqual({ signed: 4, forged: [4] });
  const stored = async () =>
    (await server.activity.page({ limit: 2, action: 'session.sign-in' })).entries.filter(
      ({ id }) => id > (before[0]?.id ?? 0),
    );
  await vi.waitFor(
    async () =>
      expect(await stored()).toMatchObject([{ actor: 'fire-axe', outcome: 'done' }, { outcome: 'refused' }]),
    10_000,
  );
});
