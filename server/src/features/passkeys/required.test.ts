import { passkeyCeremony } from '@cyclorama/shared/passkeys.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { browserOf, errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { addPasskey, PUBLIC_URL, signedOut } from './passkeys.fixture.ts';

let server: TestServer;
let admins: TestServer;
beforeAll(async () => {
  server = await startTestServer({ env: { PUBLIC_URL, PASSKEYS_REQUIRED: 'everybody' } });
  admins = await startTestServer({ beside: server, env: { PUBLIC_URL, PASSKEYS_REQUIRED: 'admins' } });
});
afterAll(async () => {
  await admins.close();
  await server.close();
});

const needed = async (browser: Browser): Promise<unknown> =>
  ((await (await browser.get(paths.session())).json()) as { passkeyNeeded: unknown }).passkeyNeeded;
const statusOf = async (browser: Browser, path = paths.activity()): Promise<number> =>
  (await browser.get(path)).status;

it('lets who has none add one and nothing else, until it has been used', async () => {
  const vera = await server.signIn('vera');
  expect(await needed(vera)).toBe(true);
  const refused = await vera.get(paths.activity());
  expect([refused.status, (await errorOf(refused)).code]).toEqual([403, 'passkey-needed']);
  for (const path of [paths.events(), paths.overview(), '/api/proxy/cycle/v1/environment']) {
    expect(await statusOf(vera, path)).toBe(403);
  }
  expect((await vera.post(paths.accessTokens(), { body: { name: 'x', role: 'viewer' } })).status).toBe(403);

  const { authenticator, passkey } = await addPasskey(vera);
  // It was added, not used.
  expect(await statusOf(vera)).toBe(403);
  const { options, challenge } = passkeyCeremony.parse(
    await (await vera.post(paths.sessionConfirmOptions())).json(),
  );
  const body = { with: 'passkey', challenge, answer: authenticator.assert(options) };
  const confirmed = await vera.post(paths.sessionConfirm(), { body });
  const [cookie = ''] = confirmed.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  const renewed = browserOf(server.url, cookie, vera.csrfToken);
  expect([await needed(renewed), await statusOf(renewed)]).toEqual([false, 200]);

  expect(await (await renewed.get(paths.passkeys())).json()).toMatchObject({
    lastRefusal: 'You need a passkey here (PASSKEYS_REQUIRED), and this is your only one.',
  });
  const last = await renewed.del(paths.passkey(passkey.id));
  expect((await errorOf(last)).message).toBe(
    'You need a passkey here (PASSKEYS_REQUIRED), and this is your only one.',
  );

  const next = signedOut(server);
  const asked = await next.askAfter('vera', server.password('vera'));
  const answer = await next.answer(authenticator.assert(asked));
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  expect(await statusOf(browserOf(server.url, cookies.join('; '), ''))).toBe(200);
});

it('may be signed out of', async () => {
  expect((await (await server.signIn('oscar')).del(paths.session())).status).toBe(204);
});

it('asks admins only, and whoever becomes one at once', async () => {
  const [ada, oscar] = [await admins.signIn('ada'), await admins.signIn('oscar')];
  expect([await needed(ada), await statusOf(ada)]).toEqual([true, 403]);
  expect([await needed(oscar), await statusOf(oscar)]).toEqual([false, 200]);
  const promoted = await startTestServer({
    beside: server,
    env: { PUBLIC_URL, PASSKEYS_REQUIRED: 'admins', ADMIN_USERS: 'ada,oscar' },
  });
  const there = browserOf(promoted.url, oscar.cookie, oscar.csrfToken);
  expect([await needed(there), await statusOf(there)]).toEqual([true, 403]);
  await promoted.close();
});

it.each([
  [{ PUBLIC_URL: undefined }, /PUBLIC_URL: expected, since PASSKEYS_REQUIRED is set/],
  [{ PUBLIC_URL, PASSKEYS: 'off' }, /PASSKEYS_REQUIRED: expected nobody, since PASSKEYS is off/],
])('is no setting where nobody could add one: %o', async (env, message) => {
  await expect(
    startTestServer({ beside: server, env: { ...env, PASSKEYS_REQUIRED: 'admins' } }),
  ).rejects.toThrow(message);
});
