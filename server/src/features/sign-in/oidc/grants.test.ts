import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { startOidcProvider } from '../../../testing/oidc-provider.fixture.ts';
import type { TestOidcProvider } from '../../../testing/oidc-provider.fixture.ts';
import type { TestServer } from '../../../testing/server.fixture.ts';
import { startTestServer } from '../../../testing/server.fixture.ts';
import { createWebWalk } from '../../../testing/web-walk.fixture.ts';
import type { WebWalk } from '../../../testing/web-walk.fixture.ts';

const DASHBOARD = 'http://dashboard.test';
const QUARTER_MS = 15 * 60_000;
/** Until a use is stored and somebody is asked about: two rounds of the server. */
const PATIENCE = { timeout: 20_000, interval: 200 };

let now: number;
let provider: TestOidcProvider;
let server: TestServer;

beforeEach(async () => {
  now = Date.now();
  provider = await startOidcProvider({
    publicUrl: DASHBOARD,
    accounts: { 'u-otto': { name: 'otto', groups: ['dashboard-operators'] } },
  });
  server = await startTestServer({
    env: provider.env(DASHBOARD),
    clock: { now: () => now },
    oidcPollMs: 100,
  });
});
afterEach(async () => {
  await server.close();
  await provider.stop();
});

async function signIn(): Promise<WebWalk> {
  const walk = createWebWalk();
  const fields = { login: 'u-otto', password: 'x' };
  // Asked to show who they are: a token needs a confirmation.
  const start = `${server.url}/api/sign-in/oidc?again=1`;
  const callback = await walk.follow(start, fields, ({ origin }) => origin === DASHBOARD);
  await walk.get(server.url + callback.pathname + callback.search);
  return walk;
}

const sessionOf = async (walk: WebWalk): Promise<{ status: number; role: string | undefined }> => {
  const answer = await walk.get(`${server.url}/api/session`);
  const body = (await answer.json()) as { user?: { role: string } };
  return { status: answer.status, role: body.user?.role };
};

async function tokenOf(walk: WebWalk): Promise<string> {
  const session = await walk.get(`${server.url}/api/session`);
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const made = await fetch(`${server.url}/api/access-tokens`, {
    method: 'POST',
    headers: {
      cookie: walk.cookies(server.url),
      'content-type': 'application/json',
      'x-csrf-token': csrfToken,
    },
    body: JSON.stringify({ name: 'script', role: 'viewer', expiresInDays: 30 }),
  });
  return ((await made.json()) as { token: string }).token;
}

const withToken = async (token: string): Promise<number> => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${server.url}/api/upstreams`, { headers })).status;
};

it('ends sessions and tokens of a person the provider no longer knows', async () => {
  const walk = await signIn();
  const token = await tokenOf(walk);
  expect([(await sessionOf(walk)).status, await withToken(token)]).toEqual([200, 200]);
  provider.accounts.delete('u-otto');
  now += QUARTER_MS + 1;
  await vi.waitFor(async () => expect((await sessionOf(walk)).status).toBe(401), PATIENCE);
  await vi.waitFor(async () => expect(await withToken(token)).toBe(401), PATIENCE);
}, 60_000);

it('takes up the groups of a person again, and asks no more often than it is set', async () => {
  const walk = await signIn();
  expect(await sessionOf(walk)).toEqual({ status: 200, role: 'operator' });
  const before = provider.tokenCalls;
  provider.accounts.set('u-otto', { name: 'otto', groups: [] });
  now += QUARTER_MS + 1;
  await vi.waitFor(async () => expect((await sessionOf(walk)).role).toBe('viewer'), PATIENCE);
  const { entries } = await server.activity.page({ limit: 9, action: 'person.role' });
  expect(entries).toMatchObject([{ actor: null, before: 'operator', after: 'viewer' }]);
  now += QUARTER_MS / 2;
  for (let look = 0; look < 5; look += 1) {
    expect((await sessionOf(walk)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(provider.tokenCalls).toBe(before + 1);
}, 60_000);

it('ends nothing while the provider is down, and asks again when it is back', async () => {
  const walk = await signIn();
  await provider.stop();
  now += QUARTER_MS + 1;
  await vi.waitFor(async () => {
    expect((await sessionOf(walk)).status).toBe(200);
    expect(server.log()).toContain('the sign-in provider could not be asked about a person');
  }, PATIENCE);
  // It has forgotten all it gave out.
  await provider.start();
  await vi.waitFor(async () => expect((await sessionOf(walk)).status).toBe(401), PATIENCE);
}, 60_000);

it('keeps the refresh token sealed', async () => {
  await signIn();
  const [row] = await server.store.db.selectFrom('oidc_grants').selectAll().execute();
  expect(row).toMatchObject({ person: 'otto', subject: `${provider.issuer} u-otto` });
  expect(row?.refresh_token).toMatch(/^[A-Za-z0-9+/]{80,}=*$/);
});
