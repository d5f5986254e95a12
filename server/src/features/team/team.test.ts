import type { OwnSessionsResponse } from '@cyclorama/shared/team.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { errorOf } from '../../testing/server.fixture.ts';
import { endReplicas, makeToken, peopleSeenBy, personOf, startReplicas, statusOf } from './team.fixture.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describeOnEachEngine('a team of two replicas', (bench) => {
  let server: TestServer;
  let other: TestServer;
  let now: number;
  const clock = { now: () => now };

  beforeEach(async () => {
    now = Date.now();
    ({ server, other } = await startReplicas(bench.store, clock));
  });
  afterEach(() => endReplicas({ server, other }, bench.store));

  const withToken = (token: string, path = '/api/functions', at = server): Promise<Response> =>
    fetch(at.url + path, { headers: { authorization: `Bearer ${token}` } });
  /** Resolves once it is open; `text` once it has ended. */
  const openStream = async (headers: Record<string, string>, at: TestServer) => {
    const answer = await fetch(`${at.url}/api/events`, { headers });
    expect(answer.status).toBe(200);
    return { text: answer.text() };
  };
  const sessionsOf = async (browser: Browser): Promise<OwnSessionsResponse['sessions']> =>
    ((await (await browser.get('/api/sessions')).json()) as OwnSessionsResponse).sessions;

  it('has people with what gives their role, and shows only admins from where others came', async () => {
    const [ada, vera] = [await server.signIn('ada'), await server.signIn('vera')];
    await server.signIn('oscar');
    await makeToken(vera);
    const seenByAda = await peopleSeenBy(ada);
    expect(seenByAda.map((each) => [each.name, each.way, each.role, each.roleFrom])).toEqual([
      ['ada', 'vpn', 'admin', 'admin-users'],
      ['oscar', 'vpn', 'operator', 'operator-users'],
      ['vera', 'vpn', 'viewer', 'default'],
    ]);
    expect(seenByAda.map(({ sessions }) => sessions[0]?.address)).toEqual([
      '127.0.0.1',
      '127.0.0.1',
      '127.0.0.1',
    ]);
    expect(seenByAda[2]?.tokens.map(({ name }) => name)).toEqual(['ci']);
    expect(JSON.stringify(seenByAda)).not.toContain('cyc_');
    const seenByVera = await peopleSeenBy(vera);
    expect(seenByVera.map(({ sessions }) => [sessions[0]?.address, sessions[0]?.current])).toEqual([
      [null, false],
      [null, false],
      ['127.0.0.1', true],
    ]);
  });

  it('shows each person where they are signed in, and ends one session or all others', async () => {
    const [here, there, third] = [
      await server.signIn('vera'),
      await server.signIn('vera'),
      await other.signIn('vera'),
    ];
    await vi.waitFor(async () => expect(await sessionsOf(here)).toHaveLength(3), 5_000);
    const listed = await sessionsOf(there);
    const current = listed.find((each) => each.current);
    expect((await here.del(`/api/sessions/${current?.id}`)).status).toBe(204);
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 401]);
    expect((await errorOf(await there.get('/api/session'))).message).toBe('You ended this session.');

    const stream = await openStream({ cookie: third.cookie }, other);
    expect((await here.del('/api/sessions')).status).toBe(204);
    expect(await stream.text).toContain('You ended this session.');
    expect([await statusOf(here), await statusOf(third)]).toEqual([200, 401]);
    const gone = await here.del(`/api/sessions/${current?.id}`);
    expect((await errorOf(gone)).message).toBe('This session has ended already.');
  });

  it('lets only admins end another’s session, on record, and by no access token', async () => {
    const [ada, oscar, vera] = [
      await server.signIn('ada'),
      await server.signIn('oscar'),
      await server.signIn('vera'),
    ];
    const [session] = await sessionsOf(vera);
    const path = `/api/team/vera/sessions/${session?.id}`;
    expect((await oscar.del(path)).status).toBe(403);
    expect((await oscar.del(`/api/sessions/${session?.id}`)).status).toBe(404);
    const { token } = await makeToken(ada, 'admin');
    const byToken = await fetch(server.url + path, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(byToken.status).toBe(403);
    expect((await withToken(token, '/api/team')).status).toBe(403);
    expect(await statusOf(vera)).toBe(200);

    const stream = await openStream({ cookie: vera.cookie }, other);
    expect((await ada.del(path)).status).toBe(204);
    expect(await statusOf(vera)).toBe(401);
    expect(await stream.text).toContain('An admin ended your session.');
    const { entries } = await server.activity.page({ limit: 1, action: 'session.end' });
    expect(entries[0]).toMatchObject({ actor: 'ada', subject: { kind: 'person', id: 'vera' } });
  });

  it('ends a token that is revoked at one replica at the other too, with what is open', async () => {
    const [ada, vera] = [await server.signIn('ada'), await server.signIn('vera')];
    const { token, id } = await makeToken(vera);
    expect((await withToken(token, '/api/functions', other)).status).toBe(200);
    const stream = await openStream({ authorization: `Bearer ${token}` }, other);
    expect((await ada.del(`/api/team/vera/tokens/${id}`)).status).toBe(204);
    expect(await stream.text).toContain('The access token was revoked.');
    expect((await withToken(token, '/api/functions', other)).status).toBe(401);
  });

  it('blocks a person at once: sessions, streams, tokens and signing in', async () => {
    const [ada, vera] = [await server.signIn('ada'), await server.signIn('vera')];
    const { token } = await makeToken(vera);
    const streams = await Promise.all([
      openStream({ cookie: vera.cookie }, other),
      openStream({ authorization: `Bearer ${token}` }, other),
    ]);
    expect((await ada.put('/api/team/vera/block')).status).toBe(204);

    expect((await errorOf(await vera.get('/api/session'))).message).toBe('An admin has blocked your access.');
    expect(await errorOf(await withToken(token))).toMatchObject({
      code: 'unauthenticated',
      message: 'An admin has blocked vera, who owns this access token.',
    });
    const [byCookie, byToken] = await Promise.all(streams.map(({ text }) => text));
    expect(byCookie).toContain('An admin has blocked your access.');
    expect(byToken).toContain('An admin has blocked vera');
    expect((await withToken(token, '/api/functions', other)).status).toBe(401);
    const refused = await other.signInAs('vera', server.password('vera'));
    expect([refused.status, (await errorOf(refused)).message]).toEqual([
      401,
      'An admin has blocked your access.',
    ]);
    expect(await personOf(ada, 'vera')).toMatchObject({ blocked: { by: 'ada' }, sessions: [] });

    expect((await ada.del('/api/team/vera/block')).status).toBe(204);
    expect(await statusOf(vera)).toBe(401);
    expect((await withToken(token)).status).toBe(200);
    expect((await server.signInAs('vera', server.password('vera'))).status).toBe(200);
    const { entries } = await server.activity.page({ limit: 2, action: 'person' });
    expect(entries.map(({ actor, action }) => [actor, action])).toEqual([
      ['ada', 'person.unblock'],
      ['ada', 'person.block'],
    ]);
  });

  it('frees a name with all that let its person in, at both replicas', async () => {
    const [ada, oscar, vera] = [
      await server.signIn('ada'),
      await server.signIn('oscar'),
      await other.signIn('vera'),
    ];
    const { token } = await makeToken(await server.signIn('vera'));
    expect((await withToken(token, '/api/functions', other)).status).toBe(200);
    const free = (by: Browser, name: string): Promise<Response> => by.del(`/api/team/${name}`);
    expect((await free(oscar, 'vera')).status).toBe(403);
    expect((await errorOf(await free(ada, 'ada'))).message).toBe('You can’t free your own name.');
    expect((await errorOf(await free(ada, 'oscar'))).message).toBe(
      'The role is set by OPERATOR_USERS, which keeps the name for the VPN account. Remove it there first.',
    );
    await ada.put('/api/team/vera/block');
    expect((await errorOf(await free(ada, 'vera'))).message).toBe(
      'Unblock them first: a freed name can sign in again.',
    );
    await ada.del('/api/team/vera/block');
    await ada.put('/api/team/vera/role', { body: { role: 'operator' } });

    expect((await free(ada, 'vera')).status).toBe(204);
    expect((await withToken(token)).status).toBe(401);
    await vi.waitFor(async () => expect(await statusOf(vera)).toBe(401), 5_000);
    await vi.waitFor(
      async () => expect((await withToken(token, '/api/functions', other)).status).toBe(401),
      5_000,
    );
    expect(await personOf(ada, 'vera')).toBeUndefined();
    const { entries } = await server.activity.page({ limit: 1, action: 'person.free-name' });
    expect(entries).toMatchObject([
      {
        actor: 'ada',
        subject: { id: 'vera' },
        detail: 'Sessions ended. Removed: access tokens 1, passkeys 0.',
      },
    ]);
    await other.signIn('vera');
    await vi.waitFor(
      async () => expect(await personOf(ada, 'vera')).toMatchObject({ role: 'viewer', tokens: [] }),
      5_000,
    );
  });

  it('asks everyone of a VPN account to sign in again when one was deleted', async () => {
    const [oscar, vera] = [await server.signIn('oscar'), await other.signIn('vera')];
    const [ofOscar, ofVera] = [await makeToken(oscar), await makeToken(vera)];
    now += 60_000;
    const sockets = async (): Promise<unknown> =>
      (await fetch(`${server.simulator.env['SIM_CONTROL_URL']}/state`)).json();
    await vi.waitFor(async () => expect(await sockets()).toMatchObject({ websockets: 2 }), 5_000);
    server.simulator.happen({ kind: 'vpn.delete-user', id: 'oscar' });
    const confirmBy = new Date(now + HOUR_MS).toISOString();
    const asked = async (): Promise<unknown[]> =>
      Promise.all(
        [oscar, vera].map(async (each) => (await (await each.get('/api/session')).json()) as object),
      );
    await vi.waitFor(async () => expect(await asked()).toMatchObject([{ confirmBy }, { confirmBy }]), 5_000);
    const { entries } = await server.activity.page({ limit: 9, action: 'session.vpn-accounts-changed' });
    expect(entries).toMatchObject([{ actor: null, outcome: 'detected' }]);

    const again = await server.signIn('vera');
    expect(await (await again.get('/api/session')).json()).toMatchObject({ confirmBy: null });
    const stream = await openStream({ cookie: oscar.cookie }, server);
    now += HOUR_MS;
    expect((await errorOf(await oscar.get('/api/session'))).message).toBe(
      'The VPN accounts were changed, and you have not signed in since.',
    );
    expect(await stream.text).toContain('"type":"signed-out"');
    expect(await statusOf(again)).toBe(200);
    expect((await withToken(ofOscar.token)).status).toBe(200);
    now += 23 * HOUR_MS;
    expect(await errorOf(await withToken(ofOscar.token))).toMatchObject({
      message:
        'The VPN accounts were changed, and oscar, who owns this access token, has not signed in since.',
      hint: 'It works again when the owner has signed in on the page.',
    });
    expect((await withToken(ofVera.token)).status).toBe(200);
  });

  it('lets tokens wait for an owner who has not signed in for thirty days', async () => {
    const { token } = await makeToken(await server.signIn('vera'));
    now += 30 * DAY_MS - 1;
    expect((await withToken(token)).status).toBe(200);
    now += 1;
    expect(await errorOf(await withToken(token))).toMatchObject({
      code: 'unauthenticated',
      message: 'vera, who owns this access token, has not signed in for 30 days.',
    });
    await server.signIn('vera');
    expect((await withToken(token)).status).toBe(200);
  });
});
