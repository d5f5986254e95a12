import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { startOidcProvider } from '../../../testing/oidc-provider.fixture.ts';
import type { TestOidcProvider } from '../../../testing/oidc-provider.fixture.ts';
import type { TestServer } from '../../../testing/server.fixture.ts';
import { errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import { createWebWalk } from '../../../testing/web-walk.fixture.ts';
import type { WebWalk } from '../../../testing/web-walk.fixture.ts';

const DASHBOARD = 'http://dashboard.test';
let provider: TestOidcProvider;
let server: TestServer;
/** So that a pause does not run out on a slow machine. */
let stopped: number | null = null;

beforeAll(async () => {
  provider = await startOidcProvider({
    publicUrl: DASHBOARD,
    accounts: {
      'u-grace': { name: 'grace', groups: ['dashboard-admins'] },
      'u-otto': { name: 'otto', groups: ['dashboard-operators', 'dashboard-others'] },
      'u-nina': { name: 'nina' },
      'u-ada': { name: 'ada' },
      'u-otto-2': { name: 'otto' },
      'u-vera': { name: 'vera' },
    },
  });
  server = await startTestServer({
    env: { ...provider.env(DASHBOARD), TRUST_PROXY: '1' },
    clock: { now: () => stopped ?? Date.now() },
  });
});
afterAll(async () => {
  await server.close();
  await provider.stop();
});

/** Goes to the provider as a browser does; the answer of the dashboard is still to be fetched. */
async function toCallback(login: string, { from = '/', walk = createWebWalk() } = {}) {
  const start = `${server.url}/api/sign-in/oidc?return=${encodeURIComponent(from)}`;
  const callback = await walk.follow(start, { login, password: 'x' }, ({ origin }) => origin === DASHBOARD);
  return { walk, answer: () => walk.get(server.url + callback.pathname + callback.search), callback };
}

async function signInWith(login: string, from?: string): Promise<{ walk: WebWalk; led: string | null }> {
  const { walk, answer } = await toCallback(login, from === undefined ? {} : { from });
  const response = await answer();
  expect([response.status, response.headers.get('cache-control')]).toEqual([303, 'no-store']);
  return { walk, led: response.headers.get('location') };
}

const sessionOf = async (walk: WebWalk): Promise<unknown> =>
  (await walk.get(`${server.url}/api/session`)).json();

it.each([
  ['u-grace', 'grace', 'admin'],
  ['u-otto', 'otto', 'operator'],
  ['u-nina', 'nina', 'viewer'],
])('signs %s in as %s with the role %s of their groups', async (login, name, role) => {
  const { walk, led } = await signInWith(login, '/instances?q=api');
  expect(led).toBe(`${DASHBOARD}/instances?q=api`);
  expect(await sessionOf(walk)).toMatchObject({ user: { name, role } });
});

it('is what confirms its own people', async () => {
  const { walk } = await signInWith('u-nina');
  const ways = await (await walk.get(`${server.url}/api/session/confirm`)).json();
  expect(ways).toEqual({ password: false, passkey: false, provider: true, refusal: null });
});

it('is offered on the sign-in page', async () => {
  expect(await (await fetch(`${server.url}/api/about`)).json()).toMatchObject({
    signIn: { password: true, oidc: 'Example' },
  });
});

it.each([
  ['a VPN account', 'u-ada'],
  ['somebody else at the provider', 'u-otto-2'],
])('gives nobody the name of %s', async (_whose, login) => {
  await signInWith('u-otto');
  const { walk, led } = await signInWith(login);
  expect(led).toBe(`${DASHBOARD}/#sign-in-failed=name-taken`);
  expect(await sessionOf(walk)).toMatchObject({ error: { code: 'unauthenticated' } });
});

it('gives a name that an admin has freed to whoever comes next, whichever way', async () => {
  const ada = await server.signIn('ada');
  const byPassword = async (): Promise<number> =>
    (await server.signInAs('vera', server.password('vera'))).status;
  expect(await byPassword()).toBe(200);
  expect((await signInWith('u-vera')).led).toBe(`${DASHBOARD}/#sign-in-failed=name-taken`);
  expect((await ada.del('/api/team/vera')).status).toBe(204);
  const { walk } = await signInWith('u-vera');
  expect(await sessionOf(walk)).toMatchObject({ user: { name: 'vera' }, way: 'oidc' });
  expect(await byPassword()).toBe(401);
  expect((await ada.del('/api/team/vera')).status).toBe(204);
  expect(await sessionOf(walk)).toMatchObject({
    error: { message: 'An admin freed your name for another account.' },
  });
  expect(await byPassword()).toBe(200);
});

it('follows a person whose name at the provider changes no further than the name', async () => {
  provider.accounts.set('u-nina', { name: 'grace', groups: [] });
  expect((await signInWith('u-nina')).led).toBe(`${DASHBOARD}/#sign-in-failed=name-taken`);
  provider.accounts.set('u-nina', { name: 'nina' });
});

it.each(['//evil.example/', String.raw`/\evil.example`, 'https://evil.example/', '/api/session'])(
  'leads to no other site: %s',
  async (from) => {
    expect((await signInWith('u-otto', from)).led).toBe(`${DASHBOARD}/`);
  },
);

it('takes an answer only from the browser that asked, and once', async () => {
  const { answer, callback } = await toCallback('u-grace');
  const stolen = await createWebWalk().get(server.url + callback.pathname + callback.search);
  expect(stolen.headers.get('location')).toBe(`${DASHBOARD}/#sign-in-failed=expired`);
  expect((await answer()).headers.get('location')).toBe(`${DASHBOARD}/`);
  expect((await answer()).headers.get('location')).toBe(`${DASHBOARD}/#sign-in-failed=expired`);
});

it('refuses an answer with another state', async () => {
  const { walk, callback } = await toCallback('u-grace');
  callback.searchParams.set('state', 'another');
  const answer = await walk.get(server.url + callback.pathname + callback.search);
  expect(answer.headers.get('location')).toBe(`${DASHBOARD}/#sign-in-failed=provider-refused`);
});

it('says that the person or the provider said no', async () => {
  const { walk, callback } = await toCallback('u-grace');
  const state = callback.searchParams.get('state') ?? '';
  const denied = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer });
  const answer = await walk.get(`${server.url}${callback.pathname}?${denied.toString()}`);
  expect(answer.headers.get('location')).toBe(`${DASHBOARD}/#sign-in-failed=denied`);
});

it('stores nothing of a sign-in that fails in between, and says why', async () => {
  const { walk } = await signInWith('u-otto');
  const { db } = server.store;
  const stored = async () => ({
    sessions: await db.selectFrom('sessions').select(['id', 'ended_at']).execute(),
    grants: await db.selectFrom('oidc_grants').select(['person', 'checked_at']).execute(),
    entries: (await server.activity.page({ limit: 100, action: 'session.sign-in' })).entries.length,
  });
  const before = await stored();
  await sql`create trigger no_grant before update on oidc_grants begin select raise(abort, 'no'); end`.execute(
    db,
  );
  const { answer } = await toCallback('u-otto', { walk });
  expect((await answer()).headers.get('location')).toBe(`${DASHBOARD}/#sign-in-failed=internal`);
  await sql`drop trigger no_grant`.execute(db);
  expect(await stored()).toEqual(before);
  expect(await sessionOf(walk)).toMatchObject({ user: { name: 'otto' } });

  await sql`pragma query_only = on`.execute(db);
  const unstored = await (await toCallback('u-otto', { walk })).answer();
  await sql`pragma query_only = off`.execute(db);
  expect(unstored.headers.get('location')).toBe(`${DASHBOARD}/#sign-in-failed=not-on-record`);
  await vi.waitUntil(() => server.store.health.fault === null, 5_000);
  expect(await stored()).toEqual(before);
});

it('has a role that their groups changed on record, with the sign-in that told it', async () => {
  await signInWith('u-nina');
  provider.accounts.set('u-nina', { name: 'nina', groups: ['dashboard-operators'] });
  const { walk } = await signInWith('u-nina');
  provider.accounts.set('u-nina', { name: 'nina' });
  expect(await sessionOf(walk)).toMatchObject({ user: { role: 'operator' } });
  const { entries } = await server.activity.page({ limit: 9, action: 'person.role' });
  expect(entries).toMatchObject([
    { actor: null, subject: { kind: 'person', id: 'nina' }, before: 'viewer', after: 'operator' },
  ]);
  await signInWith('u-nina');
  const later = await server.activity.page({ limit: 1, action: 'person.role' });
  expect(later.entries).toMatchObject([{ before: 'operator', after: 'viewer' }]);
});

it('signs out of the provider too with the ID token it gave, and comes back', async () => {
  const { walk } = await signInWith('u-grace');
  expect(walk.cookies(server.url)).not.toContain('eyJ');
  const away = await walk.get(`${server.url}/api/sign-in/oidc/sign-out`);
  const url = new URL(away.headers.get('location') ?? '');
  expect([url.origin, url.searchParams.get('post_logout_redirect_uri')]).toEqual([
    provider.issuer,
    `${DASHBOARD}/`,
  ]);
  const [, claims = ''] = (url.searchParams.get('id_token_hint') ?? '').split('.');
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    iss: provider.issuer,
    aud: 'cyclorama',
    sub: 'u-grace',
  });
  expect(walk.cookies(server.url), 'kept no longer').not.toContain('-id-token=');
  const back = await walk.follow(url.href, {}, ({ origin }) => origin === DASHBOARD);
  expect(back.href).toBe(`${DASHBOARD}/`);
});

it('gives the ID token to no provider on behalf of another site', async () => {
  const { walk } = await signInWith('u-grace');
  const away = await fetch(`${server.url}/api/sign-in/oidc/sign-out`, {
    redirect: 'manual',
    headers: { cookie: walk.cookies(server.url), 'sec-fetch-site': 'cross-site' },
  });
  expect(away.headers.get('location')).toContain(provider.issuer);
  expect(away.headers.get('location')).not.toContain('id_token_hint');
});

describe('more than a hundred sign-ins begun from one address', () => {
  const begin = (address: string): Promise<Response> =>
    fetch(`${server.url}/api/sign-in/oidc?return=/robots`, {
      redirect: 'manual',
      headers: { 'x-forwarded-for': address },
    });
  const lastOf = async (count: number, ask: () => Promise<Response>): Promise<Response> => {
    let last = await ask();
    for (let asked = 1; asked < count; asked += 1) last = await ask();
    return last;
  };

  beforeAll(() => {
    stopped = Date.now();
  });
  afterAll(() => {
    stopped = null;
  });

  it('are refused in words, with when to try again, and nobody elsewhere is', async () => {
    expect((await lastOf(100, () => begin('192.0.2.1'))).status).toBe(303);
    const refused = await begin('192.0.2.1');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect(refused.headers.get('refresh')).toBe(`0; url=${DASHBOARD}/robots#sign-in-failed=too-many`);
    expect(await errorOf(refused)).toMatchObject({
      code: 'rate-limited',
      message: 'Too many sign-ins were begun from this address.',
      hint: 'Wait 10 seconds and try again.',
    });
    expect((await begin('192.0.2.2')).status).toBe(303);
  });

  it('nor are more than thirty answers that lead to no session, and none is asked of the provider', async () => {
    const forged = (): Promise<Response> =>
      fetch(`${server.url}/api/sign-in/oidc/callback?code=x&state=y`, {
        redirect: 'manual',
        headers: { 'x-forwarded-for': '192.0.2.3' },
      });
    const before = provider.tokenCalls;
    expect((await lastOf(30, forged)).status).toBe(303);
    expect((await forged()).status).toBe(429);
    expect(provider.tokenCalls).toBe(before);
  });

  it('are not counted where they end in a session', async () => {
    const { db } = server.store;
    await db.deleteFrom('sign_in_tries').execute();
    for (let signedIn = 0; signedIn < 3; signedIn += 1) await signInWith('u-otto');
    const counts = await db.selectFrom('sign_in_tries').select('count').execute();
    expect(counts.map(({ count }) => count)).toEqual(counts.map(() => 0));
    expect(counts).toHaveLength(2);
  });
});

it('leaves no token, code or secret in the log', () => {
  expect(server.log()).not.toMatch(/client secret of the tests|refresh_token|code_verifier|eyJ/);
});

it('says so while the provider is down, and other ways still work', async () => {
  await provider.stop();
  const lost = await startTestServer({ beside: server, env: provider.env(DASHBOARD) });
  const start = await fetch(`${lost.url}/api/sign-in/oidc?return=/robots`, { redirect: 'manual' });
  expect(start.headers.get('location')).toBe(`${DASHBOARD}/robots#sign-in-failed=provider-unavailable`);
  expect((await lost.signInAs('vera', server.password('vera'))).status).toBe(200);
  await provider.start();
  const again = await fetch(`${lost.url}/api/sign-in/oidc?return=/robots`, { redirect: 'manual' });
  expect(again.headers.get('location')).toContain(provider.issuer);
  await lost.close();
});
