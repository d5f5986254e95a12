import type { Booking } from '@cyclorama/shared/robots.ts';
import { afterEach, expect, it } from 'vitest';

import { olga, oscar } from '../../../testing/builders/people.ts';
import { robotsBench } from '../robots.fixture.ts';
import type { RobotsBench } from '../robots.fixture.ts';
import type { RobotsService } from '../service.ts';

const ask = { reserve: true, vpn: false, sshPublicKey: `ssh-ed25519 ${'A'.repeat(68)} oscar@desk` };
const BROWSERS = 20;

let bench: RobotsBench;
let robots: RobotsService;
afterEach(() => bench.close());

const begin = async (): Promise<string> => {
  bench = await robotsBench('observed');
  for (let browser = 0; browser < BROWSERS; browser += 1) bench.watch();
  robots = bench.serve();
  await bench.pass(robots, 40_000);
  const [robot] = robots.deployments.list({ types: 'basic_kobuki' }).deployments;
  return robot?.id ?? '';
};
const queue = (id: string): number | null | undefined => robots.deployments.find(id)?.queueLength;
const until = async (id: string, state: Booking['state']): Promise<void> => {
  for (let second = 0; second < 180; second += 1) {
    if ((await robots.bookings.detail(id)).state === state) return;
    await bench.pass(robots, 1_000);
  }
  expect.unreachable(`the booking never became ${state}`);
};
/** A worker of rerobots creates the instance a moment after it said yes. */
const launched = async (id: string): Promise<void> => {
  for (let second = 0; second < 5; second += 1) {
    await bench.pass(robots, 1_000);
    if ((await robots.bookings.detail(id)).startedAt !== null) return;
  }
  expect.unreachable('the instance never appeared');
};
const singleReads = (): number => bench.simulator.requests().rerobots['GET /deployment/:id'] ?? 0;

it('knows a queue within a second of an own booking, of one that waits, leaves it and ends, with one read each', async () => {
  const robot = await begin();
  expect(queue(robot)).toBe(0);
  const { id } = await robots.bookings.book({ ...ask, deploymentId: robot }, oscar);
  const readsBefore = singleReads();
  const instancesBefore = robots.deployments.find(robot)?.instancesSoFar ?? 0;
  await launched(id);
  expect(queue(robot)).toBe(1);
  // The launch, the start, and at most two of the round's own turns.
  expect(singleReads() - readsBefore).toBeLessThanOrEqual(4);
  expect(bench.events.findLast((event) => event.startsWith('{"type":"deployments"'))).toContain(
    `"id":"${robot}"`,
  );

  const waiting = await robots.bookings.book({ ...ask, deploymentId: robot }, olga);
  expect(waiting.state).toBe('queued');
  await bench.pass(robots, 1_000);
  expect(queue(robot)).toBe(2);
  await robots.bookings.cancel(waiting.id, olga);
  await bench.pass(robots, 1_000);
  expect(queue(robot)).toBe(1);

  await until(id, 'ready');
  await robots.bookings.terminate(id, oscar);
  await until(id, 'terminated');
  expect(queue(robot)).toBe(0);
  // rerobots counts an instance when it ends.
  expect(robots.deployments.find(robot)?.instancesSoFar).toBe(instancesBefore + 1);
});

it('reads no robot for a booking that did not change', async () => {
  const robot = await begin();
  const { id } = await robots.bookings.book({ ...ask, deploymentId: robot }, oscar);
  await until(id, 'ready');
  const before = singleReads();
  await bench.pass(robots, 60_000);
  expect(singleReads() - before).toBeLessThanOrEqual(31);
});

it('knows which robots the account may not use, and books none of them', async () => {
  const robot = await begin();
  bench.simulator.rerobots.happen({ kind: 'deployment.forbid', id: robot });
  const refused = {
    code: 'forbidden',
    message: expect.stringMatching(/does not permit.*Nothing was booked/),
  };
  await expect(robots.bookings.book({ ...ask, deploymentId: robot }, oscar)).rejects.toMatchObject(refused);
  await bench.pass(robots, 5 * 60_000, 10_000);
  expect(robots.deployments.find(robot)).toMatchObject({ notPermitted: true });
  expect(robots.numbers().unavailable).toBe(1);
  const before = bench.simulator.requests().rerobots['POST /new/:target'];
  await expect(robots.bookings.book({ ...ask, deploymentId: robot }, oscar)).rejects.toMatchObject(refused);
  expect(bench.simulator.requests().rerobots['POST /new/:target']).toBe(before);
});
