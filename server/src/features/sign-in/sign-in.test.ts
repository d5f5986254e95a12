import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { TestServer } from '../../testing/server.fixture.ts';
import { errorOf, startTestServer } from '../../testing/server.fixture.ts';

const HALF_A_DAY = 12 * 3_600_000;
let server: TestServer;
let now = Date.now();

beforeAll(async () => {
  server = await startTestServer({
    clock: { now: () => now },
    env: { ADMIN_USERS: 'ada', OPERATOR_USERS: 'oscar', TRUST_PROXY: '1', SESSION_IDLE_HOURS: '12' },
  });
});
afterAll(() => server.close());

/** A new address per attempt, so that tests don't share rate limits. */
let nextAddress = 1;
const from = () => ({ 'x-forwarded-for': `198.51.100.${nextAddress++}` });

describe('signing in', () => {
  it('opens a session of twelve hours with the role the configuration gives', async () => {
    const answer = await server.signInAs('ada', server.password('ada'), from());
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      user: { name: 'ada', role: 'admin' },
      way: 'vpn',
      csrfToken: expect.stringMatching(/^.{32}$/),
      expiresAt: new Date(now + HALF_A_DAY).toISOString(),
      confirmBy: null,
      passkeyNeeded: false,
    });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).not.toContain('Secure');
  });

  it('sets a Secure cookie where the proxy says https', async () => {
    const headers = { ...from(), 'x-forwarded-proto': 'https' };
    const answer = await server.signInAs('ada', server.password('ada'), headers);
    expect(answer.headers.get('set-cookie')).toContain('Secure');
  });

  it('refuses a wrong name and a wrong password in the same words', async () => {
    const wrongPassword = await server.signInAs('ada', 'not it', from());
    const wrongName = await server.signInAs('nobody', 'not it', from());
    expect([wrongPassword.status, wrongName.status]).toEqual([401, 401]);
    const [first, second] = [await errorOf(wrongPassword), await errorOf(wrongName)];
    expect({ ...first, requestId: '' }).toEqual({ ...second, requestId: '' });
    expect(first).toMatchObject({ code: 'sign-in-refused', message: 'Wrong account name or password.' });
  });

  it('takes names exactly as they are: a name of another case is another one', async () => {
    const answer = await server.signInAs('ADA', server.password('ada'), from());
    expect(answer.status).toBe(401);
  });

  it('refuses a name with a colon, which would be read as another name', async () => {
    const password = server.password('ada');
    const answer = await server.signInAs(`ada:${password.slice(0, 2)}`, password.slice(3), from());
    expect(answer.status).toBe(401);
  });

  it('refuses an empty name and a form', async () => {
    const empty = await server.signInAs(' ', 'x', from());
    expect(empty.status).toBe(400);
    expect(await errorOf(empty)).toMatchObject({ code: 'invalid-request', field: 'body.username' });
    const form = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: from(),
      body: new URLSearchParams({ username: 'ada', password: server.password('ada') }),
    });
    expect([form.status, (await errorOf(form)).code]).toEqual([400, 'invalid-request']);
  });

  it('refuses another site', async () => {
    const headers = { ...from(), 'sec-fetch-site': 'cross-site' };
    const answer = await server.signInAs('ada', server.password('ada'), headers);
    expect([answer.status, (await errorOf(answer)).code]).toEqual([403, 'csrf']);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('names the upstream where Cycle does not answer', async () => {
    const undo = server.simulator.fail({
      api: 'cycle',
      kind: 'refuse',
      match: { pathPrefix: '/v1/vpn/login' },
    });
    const answer = await server.signInAs('ada', server.password('ada'), from());
    undo();
    expect(answer.status).toBe(502);
    expect(await errorOf(answer)).toMatchObject({ code: 'upstream-unavailable', upstream: 'cycle' });
  });

  it('is on record, refusals by a fingerprint of what was typed as the name', async () => {
    await server.signInAs('correct horse', 'hunter2', from());
    await server.signInAs('mallory', 'hunter2', from());
    await server.signInAs('mallory', 'hunter3', from());
    const { entries } = await server.activity.page({ limit: 50, action: 'session' });
    expect(entries[0]).toMatchObject({
      actor: null,
      outcome: 'refused',
      detail: 'The name or the password was wrong.',
    });
    expect(entries[0]?.subject).toEqual(entries[1]?.subject);
    expect(entries[0]?.subject?.id).toMatch(/^[0-9a-f]{12}$/);
    expect(entries[2]?.subject?.id).not.toBe(entries[1]?.subject?.id);
    expect(entries.some(({ actor, outcome }) => actor === 'ada' && outcome === 'done')).toBe(true);
    const stored = JSON.stringify(await server.store.db.selectFrom('activity').selectAll().execute());
    for (const text of [stored, server.log()]) expect(text).not.toMatch(/hunter|mallory|correct horse/);
  });

  it('leaves nothing in record and log that a terminal or a page would act on', async () => {
    await server.signInAs('\u202Eyrollam\u009B2J\u001B[2J', 'hunter2', from());
    const { entries } = await server.activity.page({ limit: 1, action: 'session' });
    for (const text of [JSON.stringify(entries), server.log()]) {
      expect(text).not.toContain('yrollam');
      // oxlint-disable-next-line no-control-regex -- these are what must not be there
      expect(text).not.toMatch(/[\u202E\u009B\u001B]/);
    }
  });

  it('takes ten tries for a name from one address, and says how long to wait then', async () => {
    const address = from();
    const statuses = [];
    for (let tried = 0; tried < 6; tried += 1) {
      statuses.push((await server.signInAs('ada', 'x', address)).status);
    }
    expect(statuses).toEqual(Array(6).fill(401));
    const answer = await server.signInAs('ada', server.password('ada'), address);
    const error = await errorOf(answer);
    expect([answer.status, error.code]).toEqual([429, 'rate-limited']);
    expect(answer.headers.get('retry-after')).toBe(String(error.retryAfterSeconds));
    const start = now;
    for (let tried = 0; tried < 4; tried += 1) {
      now += 60_000;
      expect((await server.signInAs('ada', 'x', address)).status).toBe(401);
    }
    const refused = await errorOf(await server.signInAs('ada', server.password('ada'), address));
    expect(refused.retryAfterSeconds).toBe(900);
    expect((await server.signInAs('ada', server.password('ada'), from())).status).toBe(200);
    expect((await server.signInAs('vera', server.password('vera'), address)).status).toBe(200);
    now = start;
  });

  it('keeps nobody out at the address they signed in from, nor on their device', async () => {
    const [home, office] = [from(), from()];
    const first = await server.signInAs('oscar', server.password('oscar'), home);
    const device = first.headers.getSetCookie().find((line) => line.includes('-device='));
    expect(device).toMatch(/HttpOnly/);
    expect(Date.parse(/Expires=([^;]+)/.exec(device ?? '')?.[1] ?? '')).toBeGreaterThan(
      now + 170 * 86_400_000,
    );
    for (let tried = 0; tried < 40; tried += 1) await server.signInAs('oscar', 'x', from());
    for (let tried = 0; tried < 10; tried += 1) await server.signInAs('oscar', 'x', office);
    expect((await server.signInAs('oscar', server.password('oscar'), from())).status).toBe(429);
    expect((await server.signInAs('oscar', server.password('oscar'), home)).status).toBe(200);
    const cookie = device?.split(';', 1)[0] ?? '';
    const there = await server.signInAs('oscar', server.password('oscar'), { ...office, cookie });
    expect(there.status).toBe(200);
    const forged = `${cookie.split('=', 1)[0]}=forged`;
    const elsewhere = { ...from(), cookie: forged };
    expect((await server.signInAs('oscar', server.password('oscar'), elsewhere)).status).toBe(429);
  });

  it('counts no sign-in that works', async () => {
    const address = from();
    for (let tried = 0; tried < 12; tried += 1) {
      expect((await server.signInAs('vera', server.password('vera'), address)).status).toBe(200);
    }
  });
});
