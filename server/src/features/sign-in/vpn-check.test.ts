import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { vpnCheckResponse } from '@cyclorama/shared/vpn-check.ts';
import { manualClock } from '@cyclorama/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let ada: Browser;
beforeAll(async () => {
  server = await startTestServer({ simulator: { clock: manualClock(Date.now()), seed: 3 } });
  ada = await server.signIn('ada');
});
afterAll(() => server.close());

const check = (username: string, password: string, by = ada) =>
  by.post(environmentPaths.vpnCheck(), { body: { username, password } });

describe('the check of a VPN login', () => {
  it('says whether it works, on record without the password and without a mistyped name', async () => {
    const right = await check('walter', 'walter-demo');
    expect(vpnCheckResponse.parse(await right.json())).toEqual({ valid: true });
    const wrong = await check('SECRET-typed-as-name', 'SECRET-password');
    expect(vpnCheckResponse.parse(await wrong.json())).toEqual({ valid: false });
    const { entries } = await server.activity.page({ limit: 10, action: 'vpn.check' });
    expect(entries.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['refused', 'The name or the password was wrong.'],
      ['started', null],
      ['done', 'The login of walter works.'],
      ['started', null],
    ]);
    expect(JSON.stringify(entries) + server.log()).not.toMatch(/SECRET|walter-demo/);
  });

  it('is for admins', async () => {
    const oscar = await server.signIn('oscar');
    expect((await check('walter', 'walter-demo', oscar)).status).toBe(403);
  });

  it('makes whoever guesses wait, and the person whose name it is not', async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) statuses.push((await check('vera', 'guess')).status);
    expect(statuses.slice(0, 6)).toEqual([200, 200, 200, 200, 200, 200]);
    const limited = await check('vera', 'guess');
    const { code, retryAfterSeconds } = await errorOf(limited);
    expect([limited.status, code]).toEqual([429, 'rate-limited']);
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect((await server.signInAs('vera', server.password('vera'))).status).toBe(200);
  });
});
