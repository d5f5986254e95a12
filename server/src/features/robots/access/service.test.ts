import { paths } from '@cyclorama/shared/paths.ts';
import { firewallResponse, vpnClient, vpnResponse } from '@cyclorama/shared/robot-access.ts';
import type { FirewallResponse } from '@cyclorama/shared/robot-access.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bookingIn, bookRobot } from '../../../testing/ready-robot.fixture.ts';
import { errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';

const from = (address: string) => ({ 'x-forwarded-for': address });
const rulesOf = async (answer: Response): Promise<FirewallResponse> => {
  expect(answer.status).toBe(200);
  return firewallResponse.parse(await answer.json());
};

describe.each(['documented', 'observed'] as const)('a robot of the %s profile', (profile) => {
  let server: TestServer;
  let oscar: Browser;
  let ada: Browser;
  let vera: Browser;
  /** Oscar's has VPN, Ada's has not. */
  let his: string;
  let hers: string;
  let tooEarly: Response;

  beforeAll(async () => {
    server = await startTestServer({ simulator: { profile, speed: 20 }, env: { TRUST_PROXY: '1' } });
    [oscar, ada, vera] = await Promise.all([
      server.signIn('oscar'),
      server.signIn('ada'),
      server.signIn('vera'),
    ]);
    his = (await bookRobot(oscar, { vpn: true })).id;
    tooEarly = await oscar.get(paths.bookingFirewall(his));
    hers = (await bookRobot(ada)).id;
    await Promise.all([bookingIn(oscar, his, 'ready'), bookingIn(ada, hers, 'ready')]);
  }, 60_000);
  afterAll(() => server.close());

  it('has no firewall before it is ready', async () => {
    const { message } = await errorOf(tooEarly);
    expect([tooEarly.status, message]).toEqual([409, 'There is no firewall before the robot is ready.']);
  });

  it('shows its firewall only to its owner and admins', async () => {
    expect((await fetch(server.url + paths.bookingFirewall(his))).status).toBe(401);
    expect((await oscar.get('/api/bookings/robot/firewall')).status).toBe(400);
    expect((await vera.get(paths.bookingFirewall(his))).status).toBe(403);
    const notHis = await oscar.get(paths.bookingFirewall(hers));
    expect([notHis.status, (await errorOf(notHis)).message]).toEqual([
      403,
      'Only ada or an admin can do this.',
    ]);
    expect((await oscar.post(paths.bookingFirewall(hers), { body: {} })).status).toBe(403);
    expect((await oscar.del(paths.bookingFirewall(hers))).status).toBe(403);
    expect((await rulesOf(await ada.get(paths.bookingFirewall(his)))).rules).toEqual([]);
  });

  it('opens for the person’s own address, and appends in order', async () => {
    const own = await oscar.post(paths.bookingFirewall(his), { body: {}, headers: from('198.51.100.23') });
    expect(await rulesOf(own)).toEqual({
      rules: [{ source: '198.51.100.23', action: 'ACCEPT' }],
      yourAddress: '198.51.100.23',
    });
    const body = { source: '203.0.113.0/24', action: 'DROP' };
    await rulesOf(await oscar.post(paths.bookingFirewall(his), { body }));
    const { rules } = await rulesOf(await oscar.get(paths.bookingFirewall(his)));
    expect(rules?.map(({ source }) => source)).toEqual(['198.51.100.23', '203.0.113.0/24']);
    const { entries } = await server.activity.page({ limit: 1, action: 'booking.firewall-add' });
    expect(entries[0]).toMatchObject({ actor: 'oscar', outcome: 'done', subject: { id: his } });
  });

  it('explains to an IPv6 client why it can’t be opened, and opens nothing', async () => {
    const before = await rulesOf(
      await oscar.get(paths.bookingFirewall(his), { headers: from('2001:db8::7') }),
    );
    expect(before.yourAddress).toBeNull();
    const answer = await oscar.post(paths.bookingFirewall(his), { body: {}, headers: from('2001:db8::7') });
    const error = await errorOf(answer);
    expect([answer.status, error.field]).toEqual([400, 'body.source']);
    expect(error.message).toContain('IPv6');
    const wrong = await oscar.post(paths.bookingFirewall(his), { body: { source: '999.1.1.1/99' } });
    expect([wrong.status, (await errorOf(wrong)).field]).toEqual([400, 'body.source']);
    expect((await rulesOf(await oscar.get(paths.bookingFirewall(his)))).rules).toEqual(before.rules);
  });

  it('drops everything once cleared, and says so', async () => {
    expect((await rulesOf(await oscar.del(paths.bookingFirewall(his)))).rules).toEqual([]);
    const { entries } = await server.activity.page({ limit: 1, action: 'booking.firewall-clear' });
    expect(entries[0]?.detail).toContain('everything is dropped');
  });

  it('does not report a rule as added that is not in the list', async () => {
    const match = { method: 'GET', pathPrefix: '/firewall' };
    const undo = server.simulator.fail({
      api: 'rerobots',
      kind: 'wrong-json',
      match,
      body: '{"rules": null}',
    });
    const answer = await oscar.post(paths.bookingFirewall(his), { body: { source: '203.0.113.9' } });
    undo();
    const { code, message } = await errorOf(answer);
    expect([answer.status, code]).toEqual([409, 'not-allowed-now']);
    expect(message).toContain('not up yet');
  });

  it.each([
    ['status', 502, 'upstream-unavailable', 'failed'],
    ['refuse', 502, 'upstream-unavailable', 'failed'],
    ['revoke-token', 502, 'upstream-refused', 'refused'],
  ] as const)('says so when rerobots fails (%s)', async (kind, status, code, outcome) => {
    const match = { method: 'POST', pathPrefix: '/firewall' };
    const undo = server.simulator.fail({ api: 'rerobots', kind, match });
    const answer = await oscar.post(paths.bookingFirewall(his), { body: { source: '203.0.113.9' } });
    undo();
    expect([answer.status, (await errorOf(answer)).code]).toEqual([status, code]);
    const { entries } = await server.activity.page({ limit: 1, action: 'booking.firewall-add' });
    expect(entries[0]).toMatchObject({ outcome });
  });

  it('has no VPN if none was requested at launch', async () => {
    for (const answer of [await ada.get(paths.bookingVpn(hers)), await ada.post(paths.bookingVpn(hers))]) {
      const { message, hint } = await errorOf(answer);
      expect(answer.status).toBe(409);
      expect(message).toContain('can’t be added later');
      expect(hint).toContain('Book again');
    }
    expect((await oscar.get(paths.bookingVpn(hers))).status).toBe(403);
  });

  it('returns a VPN profile once, stores it nowhere, and lists the client', async () => {
    expect((await vera.post(paths.bookingVpn(his))).status).toBe(403);
    const before = vpnResponse.parse(await (await oscar.get(paths.bookingVpn(his))).json());
    expect(before.status).toBe('ready');
    const answer = await oscar.post(paths.bookingVpn(his), { body: {} });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { clientId, ovpn } = vpnClient.parse(await answer.json());
    const secret = /<key>\n.*\n(.+)\n/.exec(ovpn)?.[1] ?? '';
    expect(secret.length).toBeGreaterThan(40);
    const text = await (await oscar.get(paths.bookingVpn(his))).text();
    expect(vpnResponse.parse(JSON.parse(text)).clients).toContain(clientId);
    const { entries } = await server.activity.page({ limit: 5, action: 'booking.vpn-client' });
    expect(entries[0]?.detail).toContain(clientId);
    expect(text + JSON.stringify(entries) + server.log()).not.toContain(secret);
  });

  it('is closed to everyone after its end', async () => {
    await oscar.post(paths.bookingTerminate(his));
    await bookingIn(oscar, his, 'terminated');
    const answer = await oscar.post(paths.bookingFirewall(his), { body: {} });
    expect([answer.status, (await errorOf(answer)).message]).toEqual([409, 'The booking has ended.']);
  });
});
