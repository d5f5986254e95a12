import type { Role } from '@cyclorama/shared/common.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { systemClock as clock } from '../../lib/clock.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import { endReplicas, makeToken, personOf, startReplicas, statusOf } from './team.fixture.ts';

describeOnEachEngine('the roles of a team', (bench) => {
  let server: TestServer;
  let other: TestServer;

  beforeEach(async () => {
    ({ server, other } = await startReplicas(bench.store, clock));
  });
  afterEach(() => endReplicas({ server, other }, bench.store));

  it('gives roles where the configuration gives none, on record with before and after', async () => {
    const [ada, vera] = [await server.signIn('ada'), await server.signIn('vera')];
    await server.signIn('oscar');
    const set = (by: Browser, name: string, role: Role): Promise<Response> =>
      by.put(`/api/team/${name}/role`, { body: { role } });
    expect((await set(vera, 'vera', 'admin')).status).toBe(403);
    expect((await errorOf(await set(ada, 'oscar', 'admin'))).message).toBe(
      'The role is set by OPERATOR_USERS. Change it there.',
    );
    expect((await errorOf(await set(ada, 'nobody', 'admin'))).code).toBe('not-found');

    const { token } = await makeToken(vera);
    expect((await set(ada, 'vera', 'operator')).status).toBe(204);
    expect(await (await vera.get('/api/session')).json()).toMatchObject({ user: { role: 'operator' } });
    const atOther = async (): Promise<unknown> =>
      (await fetch(`${other.url}/api/session`, { headers: { cookie: vera.cookie } })).json();
    await vi.waitFor(
      async () => expect(await atOther()).toMatchObject({ user: { role: 'operator' } }),
      5_000,
    );
    expect(await personOf(ada, 'vera')).toMatchObject({ roleFrom: 'team', roleSet: { by: 'ada' } });
    // The token was made for a viewer, and stays one.
    const claim = await fetch(`${server.url}/api/claims`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(claim.status).not.toBe(201);
    const { entries } = await server.activity.page({ limit: 1, action: 'person.role' });
    expect(entries[0]).toMatchObject({ actor: 'ada', before: 'viewer', after: 'operator' });
  });

  it('keeps its last admin', async () => {
    const ada = await server.signIn('ada');
    const vera = await server.signIn('vera');
    await ada.put('/api/team/vera/role', { body: { role: 'admin' } });
    const alone = await startTestServer({
      beside: server,
      clock,
      env: { ADMIN_USERS: '', OPERATOR_USERS: '' },
    });
    const send = async (role: Role): Promise<Response> => {
      const answer = await alone.signIn('vera');
      return answer.put('/api/team/vera/role', { body: { role } });
    };
    const refused = await send('viewer');
    expect((await errorOf(refused)).message).toBe('You are the last admin. Make somebody else one first.');
    const again = await alone.signIn('vera');
    await again.put('/api/team/ada/role', { body: { role: 'admin' } });
    expect((await send('viewer')).status).toBe(204);
    await alone.close();
    expect(await statusOf(vera)).toBe(200);
  });

  it('does not lose both of two admins who take each other’s role at once', async () => {
    const start = async () =>
      startTestServer({ beside: server, clock, env: { ADMIN_USERS: '', OPERATOR_USERS: '' } });
    const [ada, vera] = [await server.signIn('ada'), await server.signIn('vera')];
    await ada.put('/api/team/vera/role', { body: { role: 'admin' } });
    const [first, second] = [await start(), await start()];
    const veraThere = await second.signIn('vera');
    await veraThere.put('/api/team/ada/role', { body: { role: 'admin' } });
    const adaThere = await first.signIn('ada');
    const again = await second.signIn('vera');
    const answers = await Promise.all([
      adaThere.put('/api/team/vera/role', { body: { role: 'viewer' } }),
      again.put('/api/team/ada/role', { body: { role: 'viewer' } }),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    await first.close();
    await second.close();
    expect(await statusOf(vera)).toBe(200);
  });
});
