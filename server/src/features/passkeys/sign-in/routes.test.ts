import { generateKeyPairSync } from 'node:crypto';

import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';
import { addPasskey, PUBLIC_URL, signedOut } from '../passkeys.fixture.ts';
import type { Authenticator } from '../passkeys.fixture.ts';

let server: TestServer;
let now = Date.now();
let admin: Browser;
let authenticator: Authenticator;
let passkeyId: string;
beforeAll(async () => {
  server = await startTestServer({
    env: { PUBLIC_URL, TRUST_PROXY: '1', PASSKEYS: 'alone' },
    clock: { now: () => now },
  });
});
afterAll(() => server.close());

/** Vera has one, and an admin removes it. */
beforeEach(async () => {
  admin = await server.signIn('ada');
  const added = await addPasskey(await server.signIn('vera'));
  authenticator = added.authenticator;
  passkeyId = added.passkey.id;
});
afterEach(() => admin.del(paths.passkey(passkeyId)));

const veras = () => server.password('vera');
const refusalOf = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  (await errorOf(answer)).code,
];
const session = (cookie: string) => fetch(server.url + paths.session(), { headers: { cookie } });
const newest = async () => (await server.activity.page({ limit: 1 })).entries[0];

describe('after the right password', () => {
  it('is asked for, and opens the session that the password alone does not', async () => {
    const browser = signedOut(server);
    const options = await browser.askAfter('vera', veras());
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'preferred' });
    expect((await session(browser.cookie)).status).toBe(401);
    const answer = await browser.answer(authenticator.assert(options));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ user: { name: 'vera', role: 'viewer' } });
  });

  it('is not asked for with a wrong one: nothing says who has a passkey', async () => {
    const browser = signedOut(server);
    const refused = await browser.post(paths.session(), { username: 'vera', password: 'not it' });
    expect(await refusalOf(refused)).toEqual([401, 'sign-in-refused']);
    expect(browser.cookie).toBe('');
  });

  it('is refused where the passkey is another’s or the signature another key’s, and that is on record', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const browser = signedOut(server);
    const forged = authenticator.assert(await browser.askAfter('vera', veras()), { privateKey });
    expect(await refusalOf(await browser.answer(forged))).toEqual([401, 'passkey-refused']);
    expect(await newest()).toMatchObject({
      actor: null,
      action: 'session.sign-in',
      outcome: 'refused',
      detail: expect.stringMatching(/^Refused for .*vera.*: the password was right, the passkey was not\.$/),
    });
    const { authenticator: oscars, passkey } = await addPasskey(await server.signIn('oscar'));
    const { allowCredentials: _ours, ...any } = await browser.askAfter('vera', veras());
    expect(await refusalOf(await browser.answer(oscars.assert(any)))).toEqual([401, 'passkey-refused']);
    await admin.del(paths.passkey(passkey.id));
  });

  it.each([
    ['another origin', { origin: 'http://localhost:8081' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
  ])('is refused where it was made for %s', async (_what, lies) => {
    const browser = signedOut(server);
    const answer = authenticator.assert(await browser.askAfter('vera', veras()), lies);
    expect(await refusalOf(await browser.answer(answer))).toEqual([401, 'passkey-refused']);
  });

  it('answers once, within five minutes, from the browser that was asked', async () => {
    const [browser, thief] = [signedOut(server), signedOut(server)];
    const answer = authenticator.assert(await browser.askAfter('vera', veras()));
    await thief.askAlone();
    expect((await thief.answer(answer)).status).toBe(401);
    expect((await signedOut(server).answer(answer)).status).toBe(409);
    const { cookie } = browser;
    expect((await browser.answer(answer)).status).toBe(200);
    const again = await fetch(server.url + paths.sessionPasskey(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ answer }),
    });
    expect(await refusalOf(again)).toEqual([409, 'not-allowed-now']);
    const late = authenticator.assert(await browser.askAfter('vera', veras()));
    now += 5 * 60_000;
    expect((await browser.answer(late)).status).toBe(409);
  });

  it('is needed no more once an admin has removed the passkey that was lost', async () => {
    expect((await admin.del(paths.passkey(passkeyId))).status).toBe(204);
    const answer = await server.signInAs('vera', veras());
    expect(await answer.json()).toMatchObject({ user: { name: 'vera' } });
  });

  it('is refused, and not skipped, at an address where it can’t be used', async () => {
    const elsewhere = await startTestServer({ beside: server });
    try {
      const answer = await elsewhere.signInAs('vera', veras());
      expect(await refusalOf(answer)).toEqual([409, 'not-allowed-now']);
      expect(answer.headers.get('set-cookie')).toBeNull();
    } finally {
      await elsewhere.close();
    }
  });
});

describe('a counter', () => {
  it('that does not grow is refused and on record: a copy may exist', async () => {
    const browser = signedOut(server);
    const signIn = async (lies = {}) =>
      browser.answer(authenticator.assert(await browser.askAfter('vera', veras()), lies));
    expect((await signIn({ counter: 7 })).status).toBe(200);
    for (const counter of [7, 3, 0]) {
      const refused = await signIn({ counter });
      expect(refused.status).toBe(401);
      expect((await errorOf(refused)).hint).toContain('a copy of it may exist');
    }
    const { entries } = await server.activity.page({ limit: 9, action: 'passkey.copied' });
    expect(entries[0]).toMatchObject({
      actor: null,
      outcome: 'refused',
      detail: expect.stringContaining('a counter of 0 after 7'),
    });
    expect((await signIn({ counter: 8 })).status).toBe(200);
  });

  it('is not taken for a copy’s where the signature is not the passkey’s', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const before = (await server.activity.page({ limit: 9, action: 'passkey.copied' })).entries.length;
    const browser = signedOut(server);
    const options = await browser.askAfter('vera', veras());
    await browser.answer(authenticator.assert(options, { counter: 0, privateKey }));
    const after = await server.activity.page({ limit: 9, action: 'passkey.copied' });
    expect(after.entries).toHaveLength(before);
  });
});

describe('alone', () => {
  it('signs in whoever’s it is, where it has verified its user', async () => {
    const browser = signedOut(server);
    const options = await browser.askAlone();
    expect(options).toMatchObject({ userVerification: 'required', allowCredentials: [] });
    const answer = await browser.answer(authenticator.assert(options));
    expect(await answer.json()).toMatchObject({ user: { name: 'vera', role: 'viewer' } });
    const unverified = authenticator.assert(await browser.askAlone(), { userVerified: false });
    expect(await refusalOf(await browser.answer(unverified))).toEqual([401, 'passkey-refused']);
  });

  it.each(['second-factor', 'off'])('is refused with PASSKEYS=%s', async (PASSKEYS) => {
    const other = await startTestServer({ beside: server, env: { PUBLIC_URL, PASSKEYS } });
    try {
      const refused = await signedOut(other).post(paths.sessionPasskeyOptions());
      expect(await refusalOf(refused)).toEqual([409, 'not-allowed-now']);
      const stolen = signedOut(server);
      const answer = authenticator.assert(await stolen.askAlone());
      const replayed = await fetch(other.url + paths.sessionPasskey(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: stolen.cookie },
        body: JSON.stringify({ answer }),
      });
      expect(await refusalOf(replayed)).toEqual([409, 'not-allowed-now']);
    } finally {
      await other.close();
    }
  });

  it('is for VPN accounts: who has a sign-in provider goes by it', async () => {
    await server.store.db.updateTable('passkeys').set({ way: 'oidc' }).where('id', '=', passkeyId).execute();
    const browser = signedOut(server);
    const refused = await browser.answer(authenticator.assert(await browser.askAlone()));
    expect([refused.status, (await errorOf(refused)).hint]).toEqual([
      401,
      'Sign in with your sign-in provider.',
    ]);
  });

  it('is asked for from the dashboard’s own page only', async () => {
    const refused = await fetch(server.url + paths.sessionPasskeyOptions(), {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    });
    expect(await refusalOf(refused)).toEqual([403, 'csrf']);
  });
});

it('is asked of nobody with PASSKEYS=off', async () => {
  const other = await startTestServer({ beside: server, env: { PUBLIC_URL, PASSKEYS: 'off' } });
  try {
    const answer = await other.signInAs('vera', veras());
    expect(await answer.json()).toMatchObject({ user: { name: 'vera' } });
  } finally {
    await other.close();
  }
});
