import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { insertBooking } from '../../../store/bookings.ts';
import { olga, oscar } from '../../../testing/builders/people.ts';
import { robotsBench } from '../robots.fixture.ts';
import type { RobotsBench } from '../robots.fixture.ts';
import type { RobotsService } from '../service.ts';
import { requestedRow } from './request.ts';

const publicKey = `ssh-ed25519 ${'A'.repeat(68)} oscar@desk`;
const ask = { reserve: false, vpn: false, sshPublicKey: publicKey };
/** The simulator's other users don't book this type; it has two robots. */
const type = 'basic_kobuki';

let bench: RobotsBench;
let robots: RobotsService;
let kobukis: RobotDeployment[];
beforeEach(async () => {
  bench = await robotsBench('observed');
  robots = bench.serve();
  await bench.pass(robots, 40_000);
  kobukis = robots.deployments.list({ types: type }).deployments;
});
afterEach(() => bench.close());

const sent = (): number => bench.simulator.requests().rerobots['POST /new/:id'] ?? 0;
const target = (): string => kobukis[0]?.id ?? expect.unreachable('there is no robot of the type');
const until = async (id: string, ...states: Booking['state'][]): Promise<Booking> => {
  for (let second = 0; second < 180; second += 1) {
    const booking = await robots.bookings.detail(id);
    if (states.includes(booking.state)) return booking;
    await bench.pass(robots, 1_000);
  }
  return expect.unreachable(`the booking never became ${states.join(' or ')}`);
};
/** Another program with the account's token. */
const elsewhere = (method: string, path: string, body: object = {}): Promise<Response> =>
  fetch(`${bench.simulator.env['REROBOTS_API_URL']}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${bench.simulator.env['REROBOTS_API_TOKEN']}`,
      'content-type': 'application/json',
    },
    ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
  });

describe('two simultaneous bookings here', () => {
  it('are not both sent: one starts, the other is refused without a call to rerobots', async () => {
    const results = await Promise.allSettled(
      [oscar, olga].map((who) => robots.bookings.book({ ...ask, deploymentId: target() }, who)),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((one) => one.status === 'rejected')?.reason;
    expect(refused).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('booking this robot right now'),
    });
    expect(refused.hint).toContain('queue');
    expect(sent()).toBe(1);
    const { bookings } = await robots.bookings.list({ state: 'ended' });
    expect(bookings).toMatchObject([{ state: 'refused', failure: { code: 'being-booked' } }]);
  });

  it('are not both sent by two replicas on one store either', async () => {
    const replica = bench.serve();
    await bench.pass(replica, 40_000);
    const results = await Promise.allSettled([
      robots.bookings.book({ ...ask, deploymentId: target() }, oscar),
      replica.bookings.book({ ...ask, deploymentId: target() }, olga),
    ]);
    expect(sent()).toBeLessThanOrEqual(1);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(sent());
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toEqual(refused.map(() => expect.objectContaining({ code: 'conflict' })));
  });

  it('join the queue if requested, once the first is seen', async () => {
    const first = await robots.bookings.book({ ...ask, deploymentId: target() }, oscar);
    const held = await robots.bookings.book({ ...ask, deploymentId: target(), reserve: true }, olga);
    expect(held).toMatchObject({
      state: 'requested',
      held: true,
      note: expect.stringContaining('someone else is booking a robot of this type'),
    });
    expect(sent()).toBe(1);
    await until(held.id, 'queued');
    expect((await robots.bookings.detail(first.id)).state).toBe('starting');
    await until(first.id, 'ready');
  });

  it('by type: each gets its own robot while there is one, and the rest are refused', async () => {
    const booked = await Promise.all(
      [oscar, olga, oscar].map((who) => robots.bookings.book({ ...ask, type }, who)),
    );
    expect(booked.map(({ state }) => state).toSorted()).toEqual(['requested', 'requested', 'starting']);
    const ended = await Promise.all(booked.map(({ id }) => until(id, 'ready', 'refused')));
    expect(ended.map(({ state }) => state).toSorted()).toEqual(['ready', 'ready', 'refused']);
    expect(ended.find(({ state }) => state === 'refused')?.failure?.code).toBe('busy');
    const held = ended.flatMap(({ state, deploymentId }) => (state === 'ready' ? [deploymentId] : []));
    expect(new Set(held)).toEqual(new Set(kobukis.map(({ id }) => id)));
  });

  it('of any of some: each gets one of its own, and none while all are taken', async () => {
    const deploymentIds = kobukis.map(({ id }) => id);
    const [first, second] = await Promise.all(
      [oscar, olga].map((who) => robots.bookings.book({ ...ask, deploymentIds }, who)),
    );
    const ended = await Promise.all([first, second].map((one) => until(one?.id ?? '', 'ready')));
    expect(new Set(ended.map(({ deploymentId }) => deploymentId))).toEqual(new Set(deploymentIds));
    expect(ended.map(({ candidates }) => candidates)).toEqual([deploymentIds, deploymentIds]);
    expect(bench.simulator.requests().rerobots['POST /new']).toBe(2);
    await expect(robots.bookings.book({ ...ask, deploymentIds }, oscar)).rejects.toMatchObject({
      code: 'conflict',
      message: 'All of these robots are busy. Nothing was booked.',
    });
    const queued = await robots.bookings.book({ ...ask, deploymentIds, reserve: true }, oscar);
    expect(queued.state).toBe('queued');
  });

  it('of any of some are refused unless all are known and of one type', async () => {
    const other = robots.deployments.list({ types: 'fixed_misty2' }).deployments[0]?.id ?? '';
    const book = (deploymentIds: string[]) => robots.bookings.book({ ...ask, deploymentIds }, oscar);
    await expect(book([target(), other])).rejects.toMatchObject({
      code: 'invalid-request',
      message: 'Expected robots of one type. Nothing was booked.',
    });
    await expect(book([target(), crypto.randomUUID()])).rejects.toMatchObject({ code: 'not-found' });
    expect(bench.simulator.requests().rerobots['POST /new'] ?? 0).toBe(0);
  });

  it('may be cancelled before it is sent', async () => {
    await robots.bookings.book({ ...ask, deploymentId: target() }, oscar);
    const held = await robots.bookings.book({ ...ask, deploymentId: target(), reserve: true }, olga);
    expect((await robots.bookings.cancel(held.id, olga)).state).toBe('cancelled');
    await bench.pass(robots, 10_000);
    expect(sent()).toBe(1);
  });
});

describe('a simultaneous booking by another program', () => {
  it('may be accepted too: the loser reads what happened, and nothing of it runs', async () => {
    await elsewhere('POST', `/new/${target()}`);
    const booked = await robots.bookings.book({ ...ask, deploymentId: target() }, oscar);
    expect(booked.state).toBe('starting');
    expect(await until(booked.id, 'failed')).toMatchObject({
      failure: { code: 'lost-race', message: expect.stringContaining('Someone else booked this robot') },
    });
    await bench.pass(robots, 65_000);
    const { bookings } = await robots.bookings.list({ state: 'open' });
    expect(bookings).toMatchObject([{ owner: null, deploymentId: target() }]);
  });

  it('may end a robot: its owner reads that it was not ended here', async () => {
    const { id } = await robots.bookings.book({ ...ask, deploymentId: target() }, oscar);
    const ready = await until(id, 'ready');
    await elsewhere('POST', `/terminate/${ready.instanceId}`);
    expect(await until(id, 'terminated')).toMatchObject({ failure: { code: 'ended-outside' } });
  });

  it('may cancel a reservation: its owner reads that the place is gone', async () => {
    await until((await robots.bookings.book({ ...ask, deploymentId: target() }, oscar)).id, 'ready');
    const queued = await robots.bookings.book({ ...ask, deploymentId: target(), reserve: true }, olga);
    await elsewhere('DELETE', `/reservation/${queued.instanceId}`);
    expect(await until(queued.id, 'cancelled')).toMatchObject({ failure: { code: 'queue-gone' } });
  });
});

describe('a booking that was stored and never sent', () => {
  const stored = async (ageMs: number): Promise<string> => {
    const id = crypto.randomUUID();
    const at = { id, owner: 'oscar', now: bench.clock.now() - ageMs };
    const row = requestedRow({ ...ask, deploymentId: target() }, { type, region: '' }, at);
    const step = { from_state: null, to_state: row.state, actor: 'oscar', cause: '', answer: null };
    await insertBooking(bench.store.db, row, { ...step, at: at.now });
    return id;
  };

  it('is sent after a restart, once', async () => {
    const id = await stored(5_000);
    robots = bench.serve();
    await until(id, 'ready');
    expect(sent()).toBe(1);
  });

  it('is refused if it is too old, and owns nothing that is found', async () => {
    await elsewhere('POST', `/new/${target()}`);
    const id = await stored(130_000);
    robots = bench.serve();
    expect(await until(id, 'refused')).toMatchObject({ failure: { code: 'never-sent' }, instanceId: null });
    expect(sent()).toBe(1);
  });
});
