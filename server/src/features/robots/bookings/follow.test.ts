import type { Booking } from '@cyclorama/shared/robots.ts';
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

const begin = async (quota: number | null = null): Promise<string[]> => {
  bench = await robotsBench('observed');
  robots = bench.serve(undefined, quota);
  await bench.pass(robots, 40_000);
  return robots.deployments.list({ types: 'basic_kobuki' }).deployments.map(({ id }) => id);
};
const until = async (id: string, ...states: Booking['state'][]): Promise<Booking> => {
  for (let second = 0; second < 180; second += 1) {
    const booking = await robots.bookings.detail(id);
    if (states.includes(booking.state)) return booking;
    await bench.pass(robots, 1_000);
  }
  return expect.unreachable(`the booking never became ${states.join(' or ')}`);
};
const ready = async (deploymentId: string, more: object = {}): Promise<Booking> =>
  until((await robots.bookings.book({ ...ask, ...more, deploymentId }, oscar)).id, 'ready');
const calls = (name: string): number => bench.simulator.requests().rerobots[name] ?? 0;
const detected = (action: string): string[] =>
  bench.activity.flatMap((note) => (note.action === action ? [note.detail ?? ''] : []));

describe('a request while the rate limit is used up', () => {
  it('is stored, shown, and carried out before any read', async () => {
    const [one = '', other = ''] = await begin();
    const holding = await ready(one);
    await ready(other);
    const queued = await robots.bookings.book({ ...ask, deploymentId: other, reserve: true }, olga);
    bench.simulator.rerobots.happen({ kind: 'limit.set', remaining: -1 });
    await bench.pass(robots, 10_000);
    expect(await robots.bookings.terminate(holding.id, oscar)).toMatchObject({
      state: 'ready',
      terminationRequested: true,
      failure: { code: 'rate-limited', message: expect.stringContaining('as soon as calls are allowed') },
    });
    expect(await robots.bookings.cancel(queued.id, olga)).toMatchObject({
      state: 'queued',
      terminationRequested: true,
    });
    const before = bench.simulator.requests().rerobots;
    await bench.pass(robots, 1_800_000, 10_000);
    expect(bench.simulator.requests().rerobots).toEqual(before);
    bench.simulator.resetRequests();
    for (let tries = 0; tries < 360 && calls('POST /terminate/:id') === 0; tries += 1) {
      await bench.pass(robots, 10_000, 10_000);
    }
    const [first] = Object.keys(bench.simulator.requests().rerobots);
    expect(first).toBe('POST /terminate/:id');
    await until(holding.id, 'terminated');
    await until(queued.id, 'cancelled');
  });
});

describe('a ready robot', () => {
  it('warns before its time limit, once each, and says when it became ready', async () => {
    const [one = ''] = await begin();
    const { id, readyAt, startedAt } = await ready(one, { expiresInSeconds: 900 });
    expect(Date.parse(readyAt ?? '')).toBeGreaterThan(Date.parse(startedAt ?? ''));
    expect(detected('booking.ending')).toEqual([]);
    await until(id, 'terminated').catch(() => bench.pass(robots, 600_000));
    const ended = await until(id, 'terminated');
    expect(detected('booking.ending')).toEqual([
      expect.stringContaining('ends in 10 minutes'),
      expect.stringContaining('ends in 2 minutes'),
    ]);
    expect(ended.failure).toBeNull();
  });

  it('reminds its owner when idle, and not while it is used', async () => {
    const [one = ''] = await begin();
    const { id, readyAt } = await ready(one);
    expect((await robots.bookings.detail(id)).idleSince).toBe(readyAt);
    await bench.pass(robots, 600_000, 5_000);
    await robots.bookings.recordUse(id);
    await bench.pass(robots, 600_000, 5_000);
    expect(detected('booking.idle')).toEqual([]);
    await bench.pass(robots, 600_000, 5_000);
    expect(detected('booking.idle')).toHaveLength(1);
  });

  it('is read at once after a hint from outside', async () => {
    const [one = ''] = await begin();
    const { id, instanceId } = await ready(one);
    await bench.pass(robots, 3_000);
    bench.simulator.rerobots.happen({ kind: 'instance.terminate', id: instanceId ?? '' });
    robots.bookings.pollSoon(instanceId ?? '');
    await bench.pass(robots, 2_000);
    expect(['terminating', 'terminated']).toContain((await robots.bookings.detail(id)).state);
  });
});

describe('several changing bookings', () => {
  it('are followed by reading the list of all', async () => {
    const [one = '', other = ''] = await begin();
    const first = await robots.bookings.book({ ...ask, deploymentId: one }, oscar);
    await bench.pass(robots, 3_000);
    const second = await robots.bookings.book({ ...ask, deploymentId: other }, olga);
    await bench.pass(robots, 3_000);
    bench.simulator.resetRequests();
    await bench.pass(robots, 10_000);
    const states = [
      (await robots.bookings.detail(first.id)).state,
      (await robots.bookings.detail(second.id)).state,
    ];
    expect(states).toEqual(['starting', 'starting']);
    expect(calls('GET /instance/:id')).toBe(0);
    expect(calls('GET /instances')).toBeGreaterThanOrEqual(2);
    await Promise.all([until(first.id, 'ready'), until(second.id, 'ready')]);
  });
});

describe('a quota', () => {
  it('refuses one booking too many with the count, and allows it once one has ended', async () => {
    const [one = '', other = ''] = await begin(1);
    const results = await Promise.allSettled(
      [one, other].map((deploymentId) => robots.bookings.book({ ...ask, deploymentId }, oscar)),
    );
    const refused = results.find((result) => result.status === 'rejected')?.reason;
    expect(refused).toMatchObject({
      code: 'not-allowed-now',
      message: 'You have 1 of 1 bookings open. Give one back to book another.',
    });
    await robots.bookings.book({ ...ask, deploymentId: other }, ada);
    const [{ id } = { id: '' }] = (await robots.bookings.list({ state: 'open' })).bookings.filter(
      ({ owner }) => owner === 'oscar',
    );
    await until(id, 'ready');
    await robots.bookings.terminate(id, oscar);
    await until(id, 'terminated');
    await robots.bookings.book({ ...ask, deploymentId: one }, oscar);
  });
});
