import { afterEach, expect, it } from 'vitest';

import { olga, oscar } from '../../../testing/builders/people.ts';
import { robotsBench } from '../robots.fixture.ts';
import type { RobotsBench } from '../robots.fixture.ts';
import type { RobotsService } from '../service.ts';

const BROWSERS = 100;
const HOUR_SECONDS = 3_600;
/** Calls per token and hour ("rerobots API: rate limiting"). */
const CALLS_AN_HOUR = 3_600;
const SEEN_WITHIN_MS = 5_000;
const ask = { reserve: true, vpn: false, sshPublicKey: `ssh-ed25519 ${'A'.repeat(68)} oscar@desk` };

let bench: RobotsBench;
afterEach(() => bench.close());

/** Reads READY from the simulator with another token than the dashboard's, and so with another rate limit. */
async function onlooker(): Promise<{ ready(): Promise<string[]>; calls(): number }> {
  const { rerobots, env } = bench.simulator;
  let calls = 0;
  let token = '';
  return {
    calls: () => calls,
    async ready() {
      if (calls % 3_000 === 0) token = await rerobots.issueToken({ user: rerobots.userName });
      calls += 1;
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${env['REROBOTS_API_URL']}/instances?details`, { headers });
      const { workspace_instances: all } = (await answer.json()) as {
        workspace_instances: { id: string; status: string }[];
      };
      return all.flatMap(({ id, status }) => (status === 'READY' ? [id] : []));
    },
  };
}

/** Each minute someone books or queues, and every fourth minute all end: nearly always something changes or waits. */
async function act(robots: RobotsService, minute: number): Promise<void> {
  if (minute % 4 === 3) {
    const { bookings } = await robots.bookings.list({ state: 'open' });
    for (const { id, state, owner } of bookings) {
      if (state === 'ready') await robots.bookings.terminate(id, owner === 'olga' ? olga : oscar);
    }
    return;
  }
  const [one, other] = robots.deployments.list({ types: 'basic_kobuki' }).deployments;
  const deploymentId = (minute % 2 === 0 ? one : other)?.id ?? '';
  await robots.bookings.book({ ...ask, deploymentId }, minute % 2 === 0 ? oscar : olga);
}

it.each(['observed', 'documented'] as const)(
  'a hundred BROWSERS for an hour stay within the calls of the %s rerobots, and READY is seen within 5 s',
  async (profile) => {
    bench = await robotsBench(profile);
    for (let browser = 1; browser < BROWSERS; browser += 1) bench.watch();
    const robots = bench.serve();
    const truth = await onlooker();
    const late: number[] = [];
    const followed = new Set<string>();
    let readySince = new Map<string, number>();
    for (let second = 0; second < HOUR_SECONDS; second += 1) {
      await bench.pass(robots, 1_000);
      if (second % 60 === 59) await act(robots, Math.floor(second / 60));
      // Every open page reads robots and bookings twice a minute besides its event stream.
      for (let browser = second % 30; browser < BROWSERS; browser += 30) robots.deployments.list({});
      const { bookings } = await robots.bookings.list({ state: 'open' });
      const waiting = bookings.filter(({ state }) => state === 'queued' || state === 'starting');
      if (waiting.length === 0) continue;
      const now = bench.clock.now();
      const ready = await truth.ready();
      readySince = new Map(ready.map((id) => [id, readySince.get(id) ?? now]));
      for (const { instanceId } of waiting) {
        const since = readySince.get(instanceId ?? '');
        if (since !== undefined && now - since > SEEN_WITHIN_MS) late.push(now - since);
        if (since !== undefined) followed.add(instanceId ?? '');
      }
    }
    const counts = bench.simulator.requests().rerobots;
    const asked = Object.values(counts).reduce((sum, count) => sum + count, 0) - truth.calls();
    expect(asked).toBeLessThanOrEqual(CALLS_AN_HOUR);
    expect(late).toEqual([]);
    expect(followed.size).toBeGreaterThan(10);
    expect(bench.health.freshness().state).toBe('live');
  },
  300_000,
);
