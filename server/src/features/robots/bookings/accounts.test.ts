import type { Booking } from '@cyclorama/shared/robots.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { ada, olga, oscar } from '../../../testing/builders/people.ts';
import { robotsBench } from '../robots.fixture.ts';
import type { RobotsBench } from '../robots.fixture.ts';
import type { RobotsService } from '../service.ts';

const publicKey = `ssh-ed25519 ${'A'.repeat(68)} oscar@desk`;
const ask = { reserve: false, vpn: false, sshPublicKey: publicKey };
const MINUTE = 60_000;

let bench: RobotsBench;
let robots: RobotsService;
let one: string;
let other: string;
let theirToken: string;
beforeEach(async () => {
  // As documented a token ends its own account's instances only, so what ends one here is the right token.
  bench = await robotsBench('documented');
  robots = bench.serve();
  await bench.pass(robots, 40_000);
  const kobukis = robots.deployments.list({ types: 'basic_kobuki' }).deployments.map(({ id }) => id);
  [one = '', other = ''] = kobukis;
  theirToken = await bench.simulator.rerobots.issueToken({ user: 'orchard-lab' });
});
afterEach(() => bench.close());

const booking = (id: string): Promise<Booking> => robots.bookings.detail(id);
const until = async (id: string, ...states: Booking['state'][]): Promise<Booking> => {
  for (let second = 0; second < 180; second += 1) {
    const found = await booking(id);
    if (states.includes(found.state)) return found;
    await bench.pass(robots, 1_000);
  }
  return expect.unreachable(`it never became ${states.join(' or ')}, but is ${(await booking(id)).state}`);
};
const restart = async (): Promise<void> => {
  await robots.stop();
  robots = bench.serve();
};
const calls = (name: string): number => bench.simulator.requests().rerobots[name] ?? 0;
const waits = 'The token set belongs to account orchard-lab. Set a token of cyclorama to see and end this';

it('bookings of an account wait while the token is another one’s, also after a restart, and then go on', async () => {
  const ready = await until((await robots.bookings.book({ ...ask, deploymentId: one }, oscar)).id, 'ready');
  const queued = await robots.bookings.book({ ...ask, deploymentId: one, reserve: true }, olga);
  bench.simulator.rerobots.happen({ kind: 'launch.delay', ms: 2 * MINUTE });
  const starting = await robots.bookings.book({ ...ask, deploymentId: other }, oscar);

  bench.useToken(theirToken);
  const switchedAt = new Date(bench.clock.now() + 1_000).toISOString();
  await bench.pass(robots, 2_000);
  expect((await booking(ready.id)).waiting).toEqual({ since: switchedAt, message: `${waits} robot.` });
  expect((await booking(queued.id)).waiting?.message).toBe(`${waits} booking.`);
  await restart();
  bench.simulator.resetRequests();
  await bench.pass(robots, 4 * MINUTE);
  expect(calls('GET /instance/:id')).toBeLessThan(15);
  const seen = await Promise.all([ready, queued, starting].map(({ id }) => booking(id)));
  expect(seen.map(({ state }) => state)).toEqual(['ready', 'queued', 'starting']);
  expect(seen.every(({ waiting }) => waiting?.message.startsWith(waits))).toBe(true);
  expect(seen[0]?.waiting?.since).toBe(switchedAt);

  bench.useToken(null);
  await until(starting.id, 'ready');
  await bench.pass(robots, 20_000);
  const after = await Promise.all([ready, queued, starting].map(({ id }) => booking(id)));
  expect(after.map(({ state }) => state)).toEqual(['ready', 'queued', 'ready']);
  expect(after.map(({ waiting }) => waiting)).toEqual([null, null, null]);
});

it('an unanswered booking is looked for with a token of its account only', async () => {
  bench.simulator.fail({ api: 'rerobots', kind: 'cut', count: 1, match: { pathPrefix: '/new' } });
  const unanswered = await robots.bookings.book({ ...ask, deploymentId: one }, oscar);
  expect(unanswered.state).toBe('requested');
  bench.useToken(theirToken);
  await bench.pass(robots, 2 * MINUTE);
  expect(await booking(unanswered.id)).toMatchObject({
    state: 'requested',
    waiting: { message: `${waits} booking.` },
  });
  bench.useToken(null);
  expect(await until(unanswered.id, 'ready')).toMatchObject({ waiting: null, failure: null });
});

it('an end requested meanwhile says what to do, is sent to nobody, and is carried out with the right token', async () => {
  const ready = await until((await robots.bookings.book({ ...ask, deploymentId: one }, oscar)).id, 'ready');
  const queued = await robots.bookings.book({ ...ask, deploymentId: one, reserve: true }, olga);
  bench.useToken(theirToken);
  await bench.pass(robots, 2_000);
  bench.simulator.resetRequests();
  const kept = await robots.bookings.terminate(ready.id, oscar);
  expect(kept).toMatchObject({ state: 'ready', terminationRequested: true });
  expect(kept.waiting?.message).toContain('set a token of cyclorama to see and end this robot');
  expect(await robots.bookings.cancel(queued.id, olga)).toMatchObject({
    state: 'queued',
    terminationRequested: true,
  });
  await bench.pass(robots, MINUTE);
  await restart();
  await bench.pass(robots, MINUTE);
  expect([calls('POST /terminate/:id'), calls('DELETE /reservation/:id')]).toEqual([0, 0]);
  expect((await booking(ready.id)).state).toBe('ready');
  bench.useToken(null);
  await until(ready.id, 'terminated');
  await until(queued.id, 'cancelled', 'terminated');
});

it('what the other account runs is unclaimed, and nobody’s once its token is gone', async () => {
  bench.useToken(theirToken);
  const answer = await fetch(`${bench.simulator.env['REROBOTS_API_URL']}/new/${one}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${theirToken}` },
  });
  const { id } = (await answer.json()) as { id: string };
  await bench.pass(robots, MINUTE);
  const open = async () => (await robots.bookings.list({ state: 'open' })).bookings;
  expect(await open()).toMatchObject([{ owner: null, instanceId: id, state: 'ready' }]);
  await expect(robots.bookings.terminate(id, oscar)).rejects.toMatchObject({ code: 'forbidden' });
  bench.useToken(null);
  await bench.pass(robots, 3_000);
  expect(await open()).toEqual([]);
  const said = bench.events.filter((event) => event.includes(id));
  expect(said.some((event) => event.includes('"state":"lost"'))).toBe(true);
  expect(said.some((event) => event.includes('"state":"terminated"'))).toBe(false);
  bench.useToken(theirToken);
  await bench.pass(robots, MINUTE);
  expect((await robots.bookings.terminate(id, ada)).state).toBe('terminating');
});
