import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { afterEach, describe, expect, it } from 'vitest';

import { ada, olga, oscar } from '../../../testing/builders/people.ts';
import { robotsBench } from '../robots.fixture.ts';
import type { RobotsBench } from '../robots.fixture.ts';
import type { RobotsService } from '../service.ts';

const publicKey = `ssh-ed25519 ${'A'.repeat(68)} oscar@desk`;
const ask = { reserve: false, vpn: false, sshPublicKey: publicKey };

let bench: RobotsBench;
let robots: RobotsService;
afterEach(() => bench.close());

const begin = async (profile: 'documented' | 'observed', scenario = 'healthy'): Promise<void> => {
  bench = await robotsBench(profile, scenario);
  robots = bench.serve();
  await bench.pass(robots, 40_000);
};
const free = (): RobotDeployment => {
  const found = robots.deployments
    .list({ maxlen: 0 })
    .deployments.find((one) => one.online && !one.lockedOut);
  return found ?? expect.unreachable('no robot is free');
};
const until = async (id: string, ...states: Booking['state'][]): Promise<Booking> => {
  for (let second = 0; second < 180; second += 1) {
    const booking = await robots.bookings.detail(id);
    if (states.includes(booking.state)) return booking;
    await bench.pass(robots, 1_000);
  }
  return expect.unreachable(`the booking never became ${states.join(' or ')}`);
};
const fail = (kind: 'cut' | 'refuse' | 'throttle' | 'status' | 'empty-403', pathPrefix: string, count = 1) =>
  bench.simulator.fail({ api: 'rerobots', kind, count, match: { pathPrefix } });
const calls = (name: string): number => bench.simulator.requests().rerobots[name] ?? 0;

describe.each(['observed', 'documented'] as const)('a booking by the %s rerobots', (profile) => {
  it('starts, is ready with a connection, and is terminated', async () => {
    await begin(profile);
    const deployment = free();
    const booked = await robots.bookings.book({ ...ask, deploymentId: deployment.id }, oscar);
    expect(booked).toMatchObject({ state: 'starting', owner: 'oscar', type: deployment.type, note: null });
    const ready = await until(booked.id, 'ready');
    expect(ready.connection).toMatchObject({ user: 'root' });
    expect(ready.connection?.command).toBe(`ssh -p ${ready.connection?.port} root@${ready.connection?.host}`);
    expect(ready.connection?.hostKeys[0]).toContain(
      `[${ready.connection?.host}]:${ready.connection?.port} ecdsa-`,
    );
    expect(robots.numbers()).toMatchObject({ ours: 1, unknown: 0 });
    await expect(robots.bookings.terminate(booked.id, olga)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await robots.bookings.terminate(booked.id, oscar)).state).toBe('terminating');
    expect(await until(booked.id, 'terminated')).toMatchObject({ connection: null, failure: null });
    await expect(robots.bookings.terminate(booked.id, oscar)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
  });

  it('sees READY within five seconds', async () => {
    await begin(profile);
    const booked = await robots.bookings.book({ ...ask, deploymentId: free().id }, oscar);
    let readySince: number | null = null;
    for (let second = 0; second < 120; second += 1) {
      const summary = bench.simulator.rerobots.summary() as { instances: Record<string, number> };
      if ((await robots.bookings.detail(booked.id)).state === 'ready') break;
      readySince = summary.instances['INIT'] === undefined ? (readySince ?? bench.clock.now()) : null;
      await bench.pass(robots, 1_000);
    }
    expect((await robots.bookings.detail(booked.id)).state).toBe('ready');
    expect(bench.clock.now() - (readySince ?? bench.clock.now())).toBeLessThanOrEqual(5_000);
  });

  it('is refused if the robot is busy, and waits in the queue on request', async () => {
    await begin(profile);
    const { id } = free();
    const first = await robots.bookings.book({ ...ask, deploymentId: id }, oscar);
    await until(first.id, 'ready');
    await expect(robots.bookings.book({ ...ask, deploymentId: id }, olga)).rejects.toMatchObject({
      code: 'conflict',
    });
    const queued = await robots.bookings.book({ ...ask, deploymentId: id, reserve: true }, olga);
    expect(queued.state).toBe('queued');
    await bench.pass(robots, 15_000);
    expect((await robots.bookings.detail(queued.id)).state).toBe('queued');
    await robots.bookings.terminate(first.id, ada);
    await until(first.id, 'terminated');
    const started = await until(queued.id, 'starting', 'ready');
    expect(started.instanceId).toBe(queued.instanceId);
    await until(queued.id, 'ready');
  });

  it('leaves the queue when cancelled', async () => {
    await begin(profile);
    const { id } = free();
    await until((await robots.bookings.book({ ...ask, deploymentId: id }, oscar)).id, 'ready');
    const queued = await robots.bookings.book({ ...ask, deploymentId: id, reserve: true }, olga);
    await expect(robots.bookings.cancel(queued.id, oscar)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await robots.bookings.cancel(queued.id, olga)).state).toBe('cancelled');
    await expect(robots.bookings.cancel(queued.id, olga)).rejects.toMatchObject({ code: 'not-allowed-now' });
  });

  it('fails with an explanation when the robot does not start', async () => {
    await begin(profile);
    const { id } = free();
    bench.simulator.happen({ kind: 'instance.init-fail-next', id });
    const booked = await robots.bookings.book({ ...ask, deploymentId: id }, oscar);
    expect(await until(booked.id, 'failed')).toMatchObject({ failure: { code: 'init-fail' } });
  });

  it('stores a requested termination while it starts, and carries it out', async () => {
    await begin(profile);
    const booked = await robots.bookings.book({ ...ask, deploymentId: free().id }, oscar);
    await bench.pass(robots, 3_000);
    const requested = await robots.bookings.terminate(booked.id, oscar);
    const kept = requested.state === 'starting' && requested.terminationRequested;
    expect(kept || requested.state === 'terminating').toBe(true);
    expect(kept).toBe(profile === 'observed');
    await until(booked.id, 'terminated');
  });

  it('finds a booking whose answer was cut, and never books twice', async () => {
    await begin(profile);
    fail('cut', '/new');
    const open = await robots.bookings.book({ ...ask, deploymentId: free().id }, oscar);
    expect(open).toMatchObject({ state: 'requested', failure: { code: 'cut' } });
    await until(open.id, 'ready');
    expect(calls('POST /new/:id')).toBe(1);
  });
});

describe('an unanswered cancellation', () => {
  it.each(['refuse', 'status'] as const)(
    'that was %s is retried until it has left the queue',
    async (kind) => {
      await begin('observed');
      const { id } = free();
      await until((await robots.bookings.book({ ...ask, deploymentId: id }, oscar)).id, 'ready');
      const queued = await robots.bookings.book({ ...ask, deploymentId: id, reserve: true }, olga);
      fail(kind, '/reservation/');
      expect((await robots.bookings.cancel(queued.id, olga)).state).toBe('queued');
      expect(await until(queued.id, 'cancelled')).toMatchObject({ failure: null });
    },
  );
});

describe('an unanswered termination', () => {
  it.each(['refuse', 'status'] as const)('that was %s is retried until it has ended', async (kind) => {
    await begin('observed');
    const booked = await robots.bookings.book({ ...ask, deploymentId: free().id }, oscar);
    await until(booked.id, 'ready');
    fail(kind, '/terminate');
    expect(await robots.bookings.terminate(booked.id, oscar)).toMatchObject({ state: 'terminating' });
    expect(await until(booked.id, 'terminated')).toMatchObject({ failure: null });
  });
});

describe('by type', () => {
  it('joins the shortest queue, since rerobots takes no reservations by type', async () => {
    await begin('observed', 'queue-full');
    const busy = robots.deployments.list({}).deployments.find((one) => one.online && !one.lockedOut);
    const queued = await robots.bookings.book({ ...ask, type: busy?.type ?? '', reserve: true }, oscar);
    expect(queued.state).toBe('queued');
    expect(queued.deploymentId).not.toBeNull();
  });
});

describe('after a restart', () => {
  it('an unanswered booking is found again, and one without a match is lost', async () => {
    await begin('observed');
    const { id } = free();
    fail('cut', '/new');
    const found = await robots.bookings.book({ ...ask, deploymentId: id }, oscar);
    fail('refuse', '/new');
    const traceless = await robots.bookings.book({ ...ask, deploymentId: free().id, reserve: true }, olga);
    robots = bench.serve();
    expect((await until(found.id, 'starting', 'ready')).instanceId).not.toBeNull();
    expect(await until(traceless.id, 'lost')).toMatchObject({ failure: { code: 'lost' } });
  });

  it('a ready booking has its connection again', async () => {
    await begin('observed');
    const booked = await robots.bookings.book({ ...ask, deploymentId: free().id }, oscar);
    await until(booked.id, 'ready');
    robots = bench.serve();
    expect((await robots.bookings.detail(booked.id)).connection).toBeNull();
    await bench.pass(robots, 5_000);
    expect((await robots.bookings.detail(booked.id)).connection).not.toBeNull();
  });
});

describe('what nobody booked here', () => {
  it('is listed without an owner, and only an admin may end it', async () => {
    await begin('observed');
    const url = bench.simulator.env['REROBOTS_API_URL'] ?? '';
    const authorization = `Bearer ${bench.simulator.env['REROBOTS_API_TOKEN']}`;
    await fetch(`${url}/new/${free().id}`, { method: 'POST', headers: { authorization } });
    await bench.pass(robots, 90_000);
    const { bookings } = await robots.bookings.list({ state: 'open' });
    expect(bookings).toMatchObject([{ owner: null, state: 'ready', note: null }]);
    const id = bookings[0]?.id ?? '';
    expect(bench.events.filter((event) => event.includes(id)).join('')).toContain('"owner":null');
    await expect(robots.bookings.terminate(id, oscar)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await robots.bookings.terminate(id, ada)).state).toBe('terminating');
    await until(id, 'terminated');
  });
});

describe('when rerobots refuses', () => {
  it('names a revoked token and keeps the last good list as stale', async () => {
    await begin('observed');
    bench.simulator.happen({ kind: 'token.revoke' });
    await expect(robots.bookings.book({ ...ask, deploymentId: free().id }, oscar)).rejects.toMatchObject({
      upstream: 'rerobots',
      fault: 'unauthorized',
    });
    await bench.pass(robots, 60_000);
    const { freshness, deployments } = robots.deployments.list({});
    expect(freshness.state).toBe('stale');
    expect(deployments.length).toBeGreaterThan(0);
  });

  it('stops reading when the rate limit is used up, says so, and still terminates', async () => {
    await begin('observed');
    const booked = await robots.bookings.book({ ...ask, deploymentId: free().id }, oscar);
    await until(booked.id, 'ready');
    bench.simulator.rerobots.happen({ kind: 'limit.set', remaining: 1 });
    await bench.pass(robots, 20_000);
    bench.simulator.resetRequests();
    await bench.pass(robots, 120_000);
    expect(bench.simulator.requests().rerobots).toEqual({});
    expect(bench.health.status().budget?.remaining).toBeLessThanOrEqual(1);
    await expect(robots.bookings.book({ ...ask, deploymentId: free().id }, olga)).rejects.toMatchObject({
      fault: 'rate-limited',
    });
    await robots.bookings.terminate(booked.id, oscar).catch(() => undefined);
    expect(calls('POST /terminate/:id')).toBe(1);
  });

  it('does not send anything but a public key', async () => {
    await begin('observed');
    const sent = calls('POST /new/:id');
    for (const sshPublicKey of ['-----BEGIN OPENSSH PRIVATE KEY-----', 'hello']) {
      await expect(
        robots.bookings.book({ ...ask, sshPublicKey, deploymentId: free().id }, oscar),
      ).rejects.toMatchObject({
        code: 'invalid-request',
        field: 'body.sshPublicKey',
      });
    }
    expect(calls('POST /new/:id')).toBe(sent);
  });

  it('refuses an offline robot without asking rerobots', async () => {
    await begin('observed');
    const { id } = free();
    bench.simulator.happen({ kind: 'deployment.offline', id });
    await bench.pass(robots, 60_000);
    await expect(robots.bookings.book({ ...ask, deploymentId: id }, oscar)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    expect(calls('POST /new/:id')).toBe(0);
  });
});

describe('secrets', () => {
  it('stay out of responses, events, activity, log and store: no private key is ever requested', async () => {
    await begin('documented');
    const { sshPublicKey: _, ...noKey } = ask;
    const booked = await robots.bookings.book({ ...noKey, deploymentId: free().id }, oscar);
    expect(booked.note).toContain('public key');
    const ready = await until(booked.id, 'ready');
    const rows = await bench.store.db.selectFrom('bookings').selectAll().execute();
    const said = JSON.stringify([ready, rows, bench.events, bench.activity, bench.log]);
    expect(said).not.toContain('PRIVATE KEY');
    expect(said).not.toContain(bench.simulator.env['REROBOTS_API_TOKEN'] ?? '?');
    expect(calls('GET /instance/:id/sshkey')).toBe(0);
  });
});
