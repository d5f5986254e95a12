import type { Booking } from '@cyclorama/shared/robots.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

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
afterEach(() => bench.close());

const happen = (kind: string, more: object = {}): void => bench.simulator.rerobots.happen({ kind, ...more });
const booking = (id: string): Promise<Booking> => robots.bookings.detail(id);
const until = async (id: string, ...states: Booking['state'][]): Promise<Booking> => {
  for (let second = 0; second < 300; second += 1) {
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
const book = (more: object = {}): Promise<Booking> =>
  robots.bookings.book({ ...ask, deploymentId: one, ...more }, oscar);
const statusAtRerobots = async (id: string | null): Promise<string> => {
  const answer = await fetch(`${bench.simulator.env['REROBOTS_API_URL']}/instance/${id}`, {
    headers: { authorization: `Bearer ${bench.simulator.env['REROBOTS_API_TOKEN']}` },
  });
  return answer.status === 200 ? ((await answer.json()) as { status: string }).status : String(answer.status);
};
const begin = async (profile: 'observed' | 'documented' = 'observed'): Promise<void> => {
  bench = await robotsBench(profile);
  robots = bench.serve();
  await bench.pass(robots, 40_000);
  one = robots.deployments.list({ types: 'basic_kobuki' }).deployments[0]?.id ?? '';
};

describe.each(['observed', 'documented'] as const)('a launch that takes minutes (%s)', (profile) => {
  beforeEach(async () => {
    await begin(profile);
    happen('launch.delay', { ms: 2 * MINUTE });
  });

  it('is waited for in plain words, and becomes ready', async () => {
    const { id, requestedAt } = await book();
    await bench.pass(robots, 110_000);
    expect(await booking(id)).toMatchObject({
      state: 'starting',
      waiting: {
        since: requestedAt,
        message: expect.stringContaining('rerobots accepted it and hasn’t started it yet'),
      },
    });
    const ready = await until(id, 'ready');
    expect(ready.waiting).toBeNull();
    expect(ready.failure).toBeNull();
  });

  it('is terminated once it appears where that was requested before, also after a restart', async () => {
    const { id, instanceId } = await book();
    await bench.pass(robots, 40_000);
    const requested = await robots.bookings.terminate(id, oscar);
    expect(requested).toMatchObject({
      state: 'starting',
      terminationRequested: true,
      waiting: { message: expect.stringContaining('It is terminated as soon as it appears') },
    });
    await restart();
    await bench.pass(robots, 30_000);
    expect(await booking(id)).toMatchObject({ state: 'starting', terminationRequested: true });
    await until(id, 'terminated');
    expect(await statusAtRerobots(instanceId)).toBe('TERMINATED');
  });
});

it('is given up only once its end was requested, and is terminated if it appears after all', async () => {
  await begin();
  happen('launch.delay', { ms: 20 * MINUTE });
  const { id, instanceId } = await book();
  await bench.pass(robots, 10_000);
  await expect(robots.bookings.cancel(id, oscar)).rejects.toMatchObject({ code: 'not-allowed-now' });
  await robots.bookings.terminate(id, oscar);
  await expect(robots.bookings.cancel(id, olga)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await robots.bookings.cancel(id, oscar)).toMatchObject({
    state: 'lost',
    failure: { code: 'given-up', message: expect.stringContaining('it is unknown whether a robot runs') },
  });
  await restart();
  await bench.pass(robots, 19 * MINUTE, 10_000);
  expect((await booking(id)).state).toBe('lost');
  await until(id, 'terminated');
  expect(await statusAtRerobots(instanceId)).toBe('TERMINATED');
});

it('waits for as long as it takes, without using up the budget, and never says that it has ended', async () => {
  await begin();
  happen('launch.delay', { ms: 3_600_000 });
  const { id } = await book();
  bench.simulator.resetRequests();
  await bench.pass(robots, 60_000);
  await bench.pass(robots, 1_740_000, 5_000);
  expect((await booking(id)).state).toBe('starting');
  expect(bench.simulator.requests().rerobots['GET /instance/:id']).toBeLessThan(300);
  // Its robot may be booked by others meanwhile, as rerobots says whether it is free.
  happen('launch.delay', { ms: 1_000 });
  expect((await robots.bookings.book({ ...ask, deploymentId: one }, olga)).state).toBe('starting');
}, 120_000);

describe('a cancellation that met the launch', () => {
  const cancelThatMetTheLaunch = async (): Promise<Booking> => {
    await begin();
    happen('reservation.cancel-meets-launch');
    const holder = await until((await book()).id, 'ready');
    const queued = await robots.bookings.book({ ...ask, deploymentId: one, reserve: true }, olga);
    happen('launch.delay', { ms: 2 * MINUTE });
    await robots.bookings.terminate(holder.id, oscar);
    await until(holder.id, 'terminated');
    expect((await robots.bookings.cancel(queued.id, olga)).state).toBe('cancelled');
    return queued;
  };

  it('catches the robot, which stays its booking’s and is terminated', async () => {
    const queued = await cancelThatMetTheLaunch();
    await restart();
    const caught = await until(queued.id, 'starting');
    expect(caught).toMatchObject({ owner: 'olga', terminationRequested: true, endedAt: null });
    await until(queued.id, 'terminated');
    expect(await statusAtRerobots(queued.instanceId)).toBe('TERMINATED');
  });

  it('catches it too where the calls of the hour left are spread thin among the reads of robots', async () => {
    const queued = await cancelThatMetTheLaunch();
    // A tenth is kept from background reads: what is left above it is one call in twenty seconds.
    happen('limit.set', { remaining: 500 });
    await until(queued.id, 'terminated');
    expect(await statusAtRerobots(queued.instanceId)).toBe('TERMINATED');
  });
});

describe('a booking that counts as over while its robot runs', () => {
  it.each([
    ['lost', {}, 'ready'],
    ['lost', { termination_requested: 1 }, 'terminated'],
    ['terminated', { failure_code: 'ended-outside', failure_message: 'x' }, 'ready'],
    ['terminated', {}, 'terminated'],
    ['failed', { failure_code: 'init-fail', failure_message: 'x' }, 'ready'],
    ['cancelled', { failure_code: 'queue-gone', failure_message: 'x' }, 'ready'],
    ['cancelled', { termination_requested: 1 }, 'terminated'],
  ] as const)('%s %j becomes %s', async (state, patch, end) => {
    await begin();
    const { id, instanceId } = await until((await book()).id, 'ready');
    await robots.stop();
    await bench.store.db
      .updateTable('bookings')
      .set({ state, ended_at: bench.clock.now(), ...patch })
      .where('id', '=', id)
      .execute();
    robots = bench.serve();
    await bench.pass(robots, 60_000);
    const back = await until(id, end);
    expect(back.owner).toBe('oscar');
    expect(await statusAtRerobots(instanceId)).toBe(end === 'ready' ? 'READY' : 'TERMINATED');
    const open = (await robots.bookings.list({ state: 'open' })).bookings;
    expect(open.filter((found) => found.instanceId === instanceId).map((found) => found.id)).toEqual(
      end === 'ready' ? [id] : [],
    );
    expect(bench.activity.some(({ detail }) => detail?.includes('rerobots shows it again'))).toBe(true);
  });

  it('stays over where rerobots agrees', async () => {
    await begin();
    const { id } = await until((await book()).id, 'ready');
    await robots.bookings.terminate(id, oscar);
    await until(id, 'terminated');
    await bench.pass(robots, 120_000);
    expect((await booking(id)).state).toBe('terminated');
    expect((await robots.bookings.list({ state: 'open' })).bookings).toEqual([]);
  });
});

it('an instance of a closed booking is not hidden by it where it can’t be asked about', async () => {
  await begin();
  const { id, instanceId } = await until((await book()).id, 'ready');
  await robots.stop();
  await bench.store.db.updateTable('bookings').set({ state: 'lost' }).where('id', '=', id).execute();
  const match = { pathPrefix: `/instance/${instanceId}` };
  const undo = bench.simulator.fail({ api: 'rerobots', kind: 'status', status: 500, match });
  robots = bench.serve();
  await bench.pass(robots, 60_000);
  const { bookings } = await robots.bookings.list({ state: 'open' });
  expect(bookings).toMatchObject([{ owner: null, instanceId, state: 'ready' }]);
  undo();
  await until(id, 'ready');
  await robots.bookings.terminate(id, ada);
  await until(id, 'terminated');
});

it('a place in the queue that is seen again is waited for again', async () => {
  await begin();
  await until((await book()).id, 'ready');
  const queued = await robots.bookings.book({ ...ask, deploymentId: one, reserve: true }, olga);
  await robots.stop();
  await bench.store.db
    .updateTable('bookings')
    .set({ state: 'cancelled', failure_code: 'queue-gone', ended_at: bench.clock.now() })
    .where('id', '=', queued.id)
    .execute();
  robots = bench.serve();
  await bench.pass(robots, 60_000);
  expect(await booking(queued.id)).toMatchObject({ state: 'queued', endedAt: null, owner: 'olga' });
});
