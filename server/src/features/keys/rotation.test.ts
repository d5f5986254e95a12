import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { TEST_SECRET } from '../../testing/test-secret.ts';
import { addPasskey, PUBLIC_URL } from '../passkeys/passkeys.fixture.ts';

const NEW = 'n'.repeat(32);
let before: TestServer;
let after: TestServer;
let ada: Browser;
const key = { 'idempotency-key': 'the same before and after' };

beforeAll(async () => {
  before = await startTestServer({ env: { PUBLIC_URL } });
  ada = await before.signIn('ada');
  after = await startTestServer({ beside: before, env: { PUBLIC_URL }, secrets: [NEW, TEST_SECRET] });
});
afterAll(async () => {
  await after.close();
  await before.close();
});

it('a new secret before the old one signs nobody out', async () => {
  const headers = { cookie: ada.cookie };
  expect((await fetch(`${after.url}/api/session`, { headers })).status).toBe(200);
  const fresh = await after.signIn('ada');
  expect(fresh.cookie.split('=')[0]).not.toBe(ada.cookie.split('=')[0]);
});

it('a known device and what was counted of refusals are still known', async () => {
  const signIn = (server: TestServer, password: string, headers?: Record<string, string>) =>
    server.signInAs('oscar', password, headers);
  const known = await signIn(before, before.password('oscar'));
  const device = known.headers.getSetCookie().find((line) => line.includes('-device=')) ?? '';
  for (let tried = 0; tried < 6; tried += 1) await signIn(before, 'wrong');
  const right = after.password('oscar');
  expect((await signIn(after, right)).status).toBe(429);
  expect((await signIn(after, right, { cookie: device.split(';', 1)[0] ?? '' })).status).toBe(200);
});

it('a request that is repeated across the rotation is still known', async () => {
  const batch = { containerId: before.simulator.env['SIM_FUNCTION_CONTAINER'], count: 1, concurrency: 1 };
  const first = await ada.post('/api/claim-batches', { body: batch, headers: key });
  const again = await fetch(`${after.url}/api/claim-batches`, {
    method: 'POST',
    headers: {
      ...key,
      cookie: ada.cookie,
      'x-csrf-token': ada.csrfToken,
      'content-type': 'application/json',
    },
    body: JSON.stringify(batch),
  });
  const [made, repeated] = [await first.json(), await again.json()] as { id: string }[];
  expect([first.status, again.status, repeated?.id]).toEqual([201, 201, made?.id]);
});

it('a person’s next passkey has the user handle of the first', async () => {
  const handleOf = async (url: string): Promise<unknown> => {
    const headers = { cookie: ada.cookie, 'x-csrf-token': ada.csrfToken };
    const answer = await fetch(url + paths.passkeyOptions(), { method: 'POST', headers });
    return ((await answer.json()) as { options: { user: { id: string } } }).options.user.id;
  };
  const { passkey } = await addPasskey(ada);
  const stored = await before.store.db.selectFrom('passkeys').select('user_handle').execute();
  expect(stored).toEqual([{ user_handle: await handleOf(before.url) }]);
  expect(await handleOf(after.url)).toBe(stored[0]?.user_handle);
  await ada.del(paths.passkey(passkey.id));
});

it('without the old one its sessions have ended', async () => {
  const without = await startTestServer({ beside: before, secrets: [NEW] });
  expect((await fetch(`${without.url}/api/session`, { headers: { cookie: ada.cookie } })).status).toBe(401);
  await without.close();
});
