import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bookingIn, bookRobot } from '../../testing/ready-robot.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { errorOf, startTestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let ada: Browser;
let oscar: Browser;
let bookingId: string;
let robot: string;
beforeAll(async () => {
  server = await startTestServer({ simulator: { speed: 20 } });
  [ada, oscar] = await Promise.all([server.signIn('ada'), server.signIn('oscar')]);
  bookingId = (await bookRobot(oscar)).id;
  robot = (await bookingIn(oscar, bookingId, 'ready')).instanceId ?? '';
}, 60_000);
afterAll(() => server.close());

const last = async (action: string) => (await server.activity.page({ limit: 1, action })).entries[0];
/** A refusal without what differs by the way in: the field's name there. */
const wordsOf = async (answer: Response) => {
  const { code, message, field = '' } = await errorOf(answer);
  return { status: answer.status, code, expected: message.replace(`${field}: `, '') };
};

describe('a change is refused in the same words by its route and by the proxy', () => {
  it.each(['999.999.999.999', '198.51.100.7/33', '::1', '0x7f.1', 'any'])(
    'a firewall rule for %s',
    async (source) => {
      const byRoute = await oscar.post(paths.bookingFirewall(bookingId), { body: { source } });
      const byProxy = await oscar.post(paths.proxy('rerobots', `/firewall/${robot}`), {
        body: { src: source },
      });
      const words = await wordsOf(byProxy);
      expect(words).toEqual(await wordsOf(byRoute));
      expect(words).toMatchObject({ status: 400, code: 'invalid-request' });
    },
  );

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ext::sh -c id',
    'https://169.254.169.254/x',
    'https://localhost/x',
    'x'.repeat(3_000),
  ])('a build of %s', async (address) => {
    const byRoute = await oscar.post(paths.robotCi(), { body: { repositoryUrl: address } });
    const byProxy = await oscar.post(paths.proxy('rerobots', '/ci/new'), { body: { repo_url: address } });
    const words = await wordsOf(byProxy);
    expect(words).toEqual(await wordsOf(byRoute));
    expect(words).toMatchObject({ status: 400, code: 'invalid-request' });
  });

  it('a firewall rule and a VPN client before the robot is ready', async () => {
    const early = crypto.randomUUID();
    const { id } = await bookRobot(ada, { vpn: true });
    const row = { state: 'starting', upstream_id: early } as const;
    await server.store.db.updateTable('bookings').set(row).where('id', '=', id).execute();
    const body = { source: '198.51.100.7' };
    const byRoute = await wordsOf(await ada.post(paths.bookingFirewall(id), { body }));
    const byProxy = await ada.post(paths.proxy('rerobots', `/firewall/${early}`), {
      body: { src: body.source },
    });
    expect(await wordsOf(byProxy)).toEqual(byRoute);
    expect(byRoute).toMatchObject({ status: 409, code: 'not-allowed-now' });
    const vpn = await wordsOf(await ada.post(paths.bookingVpn(id)));
    expect(await wordsOf(await ada.post(paths.proxy('rerobots', `/vpn/${early}`)))).toEqual(vpn);
    expect(vpn.status).toBe(409);
  });

  it('a field that does not exist, a text that is too long, a name schemas would drop', async () => {
    const events = paths.proxy('cycle', '/v1/monitoring/events');
    const event = { event: 'deploy', type: 'info', priority: 'low' };
    const refusals = [
      [[{ ...event, colour: 'red' }], 'body.0.colour'],
      [[{ ...event, text: 'x'.repeat(10_001) }], 'body.0.text'],
      [[{ ...event, type: 'explosion' }], 'body.0.type'],
    ] as const;
    for (const [body, field] of refusals) {
      const answer = await oscar.post(events, { body });
      expect([answer.status, (await errorOf(answer)).field]).toEqual([400, field]);
    }
    const sent = (path: string, body: string) =>
      fetch(server.url + path, {
        method: 'POST',
        headers: {
          cookie: oscar.cookie,
          'x-csrf-token': oscar.csrfToken,
          'content-type': 'application/json',
        },
        body,
      });
    const labelled = await sent(
      events,
      JSON.stringify([event]).replace('}]', ',"labels":{"__proto__":"x"}}]'),
    );
    expect([labelled.status, (await errorOf(labelled)).field]).toEqual([400, 'body.0.labels.__proto__']);
    const containerId = server.simulator.env['SIM_FUNCTION_CONTAINER'];
    const variables = `{"containerId":"${containerId}","spawn":{"environmentVariables":{"__proto__":"x"}}}`;
    const claimed = await sent(paths.claims(), variables);
    expect([claimed.status, (await errorOf(claimed)).message]).toEqual([
      400,
      'body.spawn.environmentVariables.__proto__: this name can’t be used.',
    ]);
    const deep = await sent(events, '['.repeat(60_000) + ']'.repeat(60_000));
    expect(deep.status).toBe(400);
  });
});

describe('a change by the proxy is on record with what it touched', () => {
  it('a robot by its booking, and the names of the fields', async () => {
    const answer = await oscar.post(paths.proxy('rerobots', `/firewall/${robot}`), {
      body: { src: '198.51.100.7' },
    });
    expect(answer.status).toBe(200);
    expect(await last('proxy.rerobots.firewall.add')).toMatchObject({
      outcome: 'done',
      subject: { kind: 'booking', id: bookingId, name: 'basic_kobuki' },
      detail: 'Answered 200. Given: src.',
    });
  });

  it('a deployment by its type', async () => {
    const { deployments } = (await (await ada.get(paths.deployments())).json()) as {
      deployments: { id: string; type: string }[];
    };
    const [deployment] = deployments;
    await ada.post(paths.proxy('rerobots', `/deployment/${deployment?.id ?? ''}/lockout`));
    expect(await last('proxy.rerobots.deployment.lockout')).toMatchObject({
      subject: { kind: 'deployment', id: deployment?.id, name: deployment?.type },
    });
  });

  it('a build by its repository, without the token in the address', async () => {
    const repo = 'https://ada:SECRET@git.example.com/team/app?private_token=SECRET';
    const answer = await oscar.post(paths.proxy('rerobots', '/ci/new'), {
      body: { repo_url: repo, repo_branch: 'main' },
    });
    expect(answer.status).toBe(200);
    const entry = await last('proxy.rerobots.ci.new');
    const shown = 'https://git.example.com/team/app?private_token=(withheld)';
    expect(entry).toMatchObject({ subject: { kind: 'ci', id: shown, name: shown } });
    expect(JSON.stringify(entry) + server.log()).not.toContain('SECRET');
    expect(await (await oscar.get(paths.robotCi())).text()).not.toContain('SECRET');
  });
});
