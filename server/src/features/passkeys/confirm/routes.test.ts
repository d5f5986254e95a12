import { confirmationWays } from '@cyclorama/shared/confirmation.ts';
import { passkeyCeremony } from '@cyclorama/shared/passkeys.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { browserOf, errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';
import { addPasskey, PUBLIC_URL } from '../passkeys.fixture.ts';

const FIVE_MINUTES = 5 * 60_000;
let server: TestServer;
let now = Date.now();
beforeAll(async () => {
  server = await startTestServer({ env: { PUBLIC_URL, TRUST_PROXY: '1' }, clock: { now: () => now } });
});
afterAll(() => server.close());

const makeToken = (browser: Browser) =>
  browser.post(paths.accessTokens(), { body: { name: 'nightly', role: 'viewer' } });
const byPassword = (browser: Browser, password: string, headers = {}) =>
  browser.post(paths.sessionConfirm(), { body: { with: 'password', password }, headers });
const waysOf = async (browser: Browser) =>
  confirmationWays.parse(await (await browser.get(paths.sessionConfirm())).json());

describe('what asks for a confirmation', () => {
  it('is done for five minutes after signing in, then refused before anything is done', async () => {
    const vera = await server.signIn('vera');
    now += FIVE_MINUTES;
    expect((await makeToken(vera)).status).toBe(201);
    now += 1;
    const refused = await makeToken(vera);
    expect(refused.status).toBe(403);
    expect(await errorOf(refused)).toMatchObject({
      code: 'confirmation-needed',
      message: 'Confirm first that it is you. Nothing was done.',
      hint: 'Enter your password or use your passkey, then try again.',
    });
    const { tokens } = (await (await vera.get(paths.accessTokens())).json()) as { tokens: object[] };
    expect(tokens).toHaveLength(1);
  });

  it('is done again for five minutes once the password was entered, by the same session', async () => {
    const vera = await server.signIn('vera');
    now += FIVE_MINUTES + 1;
    expect(await waysOf(vera)).toMatchObject({ password: true, passkey: false, refusal: null });
    const confirmed = await byPassword(vera, server.password('vera'));
    expect(confirmed.status).toBe(200);
    expect(await confirmed.json()).toMatchObject({ user: { name: 'vera' }, csrfToken: vera.csrfToken });
    now += FIVE_MINUTES;
    expect((await makeToken(vera)).status).toBe(201);
    now += 1;
    expect((await makeToken(vera)).status).toBe(403);
  });

  it('counts at other replicas at once, by the renewed cookie', async () => {
    const other = await startTestServer({ beside: server, env: { PUBLIC_URL }, clock: { now: () => now } });
    try {
      const vera = await server.signIn('vera');
      now += FIVE_MINUTES + 1;
      const confirmed = await byPassword(vera, server.password('vera'));
      const [cookie = ''] = confirmed.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
      expect((await makeToken(browserOf(other.url, cookie, vera.csrfToken))).status).toBe(201);
    } finally {
      await other.close();
    }
  });

  it('is said by every route literal that changes tokens, reveals or purges', () => {
    const marked = server.features
      .flatMap(({ routes = [] }) => routes)
      .filter(({ confirm }) => confirm === true)
      .map(({ method, path }) => `${method} ${path}`);
    expect(marked).toEqual(
      expect.arrayContaining([
        'post /api/access-tokens',
        'delete /api/access-tokens/:id',
        'post /api/passkeys/options',
        'delete /api/passkeys/:id',
        'post /api/claims/:id/reveal',
        'post /api/bookings/:id/vpn',
        'put /api/robots/account/token',
        'post /api/robots/account/revoke',
        'post /api/robots/account/purge',
      ]),
    );
  });

  it('is refused by the proxy before it is sent', async () => {
    const ada = await server.signIn('ada');
    now += FIVE_MINUTES + 1;
    const power = (): string[] =>
      Object.keys(server.simulator.requests().cycle).filter((address) => address.includes('/power/'));
    const refused = await ada.post('/api/proxy/cycle/v1/server/power/reboot', {});
    expect([refused.status, (await errorOf(refused)).code]).toEqual([403, 'confirmation-needed']);
    expect(power()).toEqual([]);
    await byPassword(ada, server.password('ada'));
    expect((await ada.post('/api/proxy/cycle/v1/server/power/reboot')).status).not.toBe(403);
    expect(power()).toHaveLength(1);
  });

  it('is refused for its own reason first: a role too low, input that can’t be read', async () => {
    const vera = await server.signIn('vera');
    now += FIVE_MINUTES + 1;
    const role = await vera.post(paths.robotAccountPurge(), { body: { confirm: 'purge' } });
    expect((await errorOf(role)).code).not.toBe('confirmation-needed');
    const input = await vera.post(paths.accessTokens(), { body: { name: '' } });
    expect((await errorOf(input)).code).toBe('invalid-request');
  });
});

describe('a confirmation', () => {
  it('is refused with a wrong password, and on record either way', async () => {
    const oscar = await server.signIn('oscar');
    const refused = await byPassword(oscar, 'not it');
    expect(refused.status).toBe(401);
    expect(await errorOf(refused)).toMatchObject({ code: 'sign-in-refused' });
    await byPassword(oscar, server.password('oscar'));
    const { entries } = await server.activity.page({ limit: 5, action: 'session.confirm' });
    expect(entries.slice(0, 2)).toMatchObject([
      { actor: 'oscar', outcome: 'done', detail: 'With a password.' },
      { actor: 'oscar', outcome: 'refused', detail: 'With a password.' },
    ]);
    expect(JSON.stringify(entries) + server.log()).not.toContain('not it');
  });

  it('needs the session’s CSRF token, and no access token has one', async () => {
    const oscar = await server.signIn('oscar');
    const headers = { 'x-csrf-token': 'x' };
    expect((await byPassword(oscar, server.password('oscar'), headers)).status).toBe(403);
    const { token } = (await (await makeToken(oscar)).json()) as { token: string };
    const byToken = await fetch(server.url + paths.sessionConfirm(), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ with: 'password', password: server.password('oscar') }),
    });
    expect([byToken.status, (await errorOf(byToken)).code]).toEqual([403, 'forbidden']);
  });

  it('is by passkey for whoever has one: their password no longer suffices', async () => {
    const ada = await server.signIn('ada');
    const { authenticator, passkey } = await addPasskey(ada);
    now += FIVE_MINUTES + 1;
    expect(await waysOf(ada)).toMatchObject({ password: false, passkey: true });
    expect((await byPassword(ada, server.password('ada'))).status).toBe(403);
    const ask = async () =>
      passkeyCeremony.parse(await (await ada.post(paths.sessionConfirmOptions())).json());
    const { options, challenge } = await ask();
    const body = { with: 'passkey', challenge, answer: authenticator.assert(options) };
    const foreign = await server.signIn('oscar');
    expect((await foreign.post(paths.sessionConfirm(), { body })).status).toBe(403);
    expect((await ada.post(paths.sessionConfirm(), { body })).status).toBe(200);
    expect((await makeToken(ada)).status).toBe(201);
    now += FIVE_MINUTES + 1;
    expect((await ada.post(paths.sessionConfirm(), { body })).status).toBe(409);
    expect((await makeToken(ada)).status).toBe(403);
    const next = await ask();
    const answer = authenticator.assert(next.options);
    await ada.post(paths.sessionConfirm(), { body: { with: 'passkey', challenge: next.challenge, answer } });
    expect((await ada.del(paths.passkey(passkey.id))).status).toBe(204);
  });
});
