import { afterAll, beforeAll, expect, it } from 'vitest';

import { startOidcProvider } from '../../../testing/oidc-provider.fixture.ts';
import type { TestOidcProvider } from '../../../testing/oidc-provider.fixture.ts';
import { createWebWalk } from '../../../testing/web-walk.fixture.ts';
import { createOidcProvider } from './provider.ts';
import type { OidcProvider, ProviderSettings } from './provider.ts';

const DASHBOARD = 'http://dashboard.test';
const SETTINGS = {
  clientId: 'cyclorama',
  clientSecret: 'a client secret of the tests',
  redirectUri: `${DASHBOARD}/api/sign-in/oidc/callback`,
  scopes: 'openid profile email',
  nameClaim: 'preferred_username',
  groupsClaim: 'groups',
};

let real: TestOidcProvider;
let settings: ProviderSettings;
let provider: OidcProvider;
let now = Date.now();
const clock = { now: () => now };

beforeAll(async () => {
  real = await startOidcProvider({
    publicUrl: DASHBOARD,
    accounts: { 'u-1': { name: 'grace', groups: ['dashboard-admins', 'others'] } },
  });
  settings = { ...SETTINGS, issuer: real.issuer };
  provider = createOidcProvider(settings, clock);
});
afterAll(() => real.stop());

async function answerFor(login: string) {
  const { url, ...pending } = await provider.begin(false);
  const atDashboard = ({ origin }: URL) => origin === DASHBOARD;
  const answer = await createWebWalk().follow(url.href, { login, password: 'x' }, atDashboard);
  return { answer, pending };
}

it('asks with PKCE, a state and a nonce of its own each time', async () => {
  const [first, second] = [await provider.begin(false), await provider.begin(false)];
  expect(Object.fromEntries(first.url.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'cyclorama',
    redirect_uri: SETTINGS.redirectUri,
    code_challenge_method: 'S256',
    state: first.state,
    nonce: first.nonce,
  });
  expect(first.url.href).not.toContain(first.verifier);
  expect(new Set([first.state, second.state, first.nonce, second.nonce]).size).toBe(4);
});

it('learns who somebody is, and asks again with the refresh token', async () => {
  const { answer, pending } = await answerFor('u-1');
  const { identity, refreshToken } = await provider.finish(answer, pending);
  expect(identity).toEqual({
    subject: `${real.issuer} u-1`,
    name: 'grace',
    groups: ['dashboard-admins', 'others'],
  });
  real.accounts.set('u-1', { name: 'grace', groups: [] });
  const again = await provider.refresh(refreshToken ?? '', 'u-1');
  expect(again.identity?.groups).toEqual([]);
  real.accounts.delete('u-1');
  await expect(provider.refresh(again.refreshToken ?? '', 'u-1')).rejects.toMatchObject({
    fault: 'refused',
    oauthError: 'invalid_grant',
  });
  real.accounts.set('u-1', { name: 'grace' });
});

it('has the person authenticate now where that is asked, and says when they did', async () => {
  const walk = createWebWalk();
  const atDashboard = ({ origin }: URL) => origin === DASHBOARD;
  const fields = { login: 'u-1', password: 'x' };
  const first = await provider.begin(false);
  await walk.follow(first.url.href, fields, atDashboard);
  const { url, ...pending } = await provider.begin(true);
  const page = await (await walk.get(url.href)).text();
  expect(page, 'although the provider remembers them').not.toContain('code=');
  const answer = await walk.follow(url.href, fields, atDashboard);
  const { authenticatedAt } = await provider.finish(answer, pending);
  expect(Math.abs(Date.now() - authenticatedAt)).toBeLessThan(30_000);
});

it.each(['state', 'nonce', 'verifier'] as const)('refuses an answer to another %s', async (part) => {
  const { answer, pending } = await answerFor('u-1');
  const other = await provider.begin(false);
  const changed = { ...pending, [part]: other[part] };
  await expect(provider.finish(answer, changed)).rejects.toMatchObject({ fault: 'refused' });
});

it('refuses a code that was used before', async () => {
  const { answer, pending } = await answerFor('u-1');
  await provider.finish(answer, pending);
  await expect(provider.finish(answer, pending)).rejects.toMatchObject({ oauthError: 'invalid_grant' });
});

it('finds a provider that was down at the first try', async () => {
  await real.stop();
  const later = createOidcProvider(settings, clock);
  await expect(later.begin(false)).rejects.toMatchObject({ fault: 'unreachable' });
  await real.start();
  expect((await later.begin(false)).url.origin).toBe(real.issuer);
  now += 2 * 3_600_000;
  expect((await later.endSessionUrl(`${DASHBOARD}/`, null))?.searchParams.get('client_id')).toBe('cyclorama');
});
