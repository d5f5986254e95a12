import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { afterEach, describe, expect, it } from 'vitest';

import type { Person } from '../../../lib/person.ts';
import { queueLengthsSince } from '../../../store/queue-history.ts';
import { keepWatch, listWatches } from '../../../store/robot-watches.ts';
import { olga, oscar } from '../../../testing/builders/people.ts';
import { robotsBench } from '../robots.fixture.ts';
import type { RobotsBench } from '../robots.fixture.ts';
import type { RobotsService } from '../service.ts';
import { createRobotFleetService } from './service.ts';
import type { RobotFleetService } from './service.ts';

const MINUTE = 60_000;
const vera: Person = { name: 'vera', role: 'viewer' };

let bench: RobotsBench;
let robots: RobotsService;
let fleet: RobotFleetService;
afterEach(async () => {
  await fleet.stop();
  await bench.close();
});

const pass = async (ms: number, stepMs = 1_000): Promise<void> => {
  for (let gone = 0; gone < ms; gone += stepMs) {
    bench.clock.advance(stepMs);
    await robots.tick();
    await fleet.tick();
  }
};
const serveFleet = (keepDays = 30): RobotFleetService =>
  createRobotFleetService({
    ...bench,
    logger: { child: () => expect.unreachable(), debug: noop, info: noop, warn: noop, error: noop },
    db: bench.store.db,
    fleet: robots.fleet,
    quota: 3,
    keepDays,
  });
const noop = (): void => undefined;
const begin = async (profile: 'documented' | 'observed'): Promise<void> => {
  bench = await robotsBench(profile);
  robots = bench.serve();
  fleet = serveFleet();
  await pass(40_000);
};
/** Ready, of Oscar. */
const taken = async (id: string): Promise<string> => {
  const booked = await robots.bookings.book({ deploymentId: id, reserve: false, vpn: false }, oscar);
  for (let second = 0; second < 120; second += 1) {
    if ((await robots.bookings.detail(booked.id)).state === 'ready') return booked.id;
    await pass(1_000);
  }
  return expect.unreachable('the robot never became ready');
};
const free = (): RobotDeployment => {
  // The simulator's other people don't book robots of this type.
  const found = robots.fleet.all().find((one) => one.type === 'basic_kobuki' && one.queueLength === 0);
  return found ?? expect.unreachable('no robot is free');
};
const recorded = async (id: string): Promise<(number | null)[]> =>
  (await queueLengthsSince(bench.store.db, id, 0)).map(({ length }) => length);
/** The `robot-free` events of a person's browser. */
const browser = ({ name }: Person): ServerEvent[] => {
  const told: ServerEvent[] = [];
  bench.hub.watch(name);
  bench.hub.subscribe((event, only) => {
    if (event.type === 'robot-free' && only === name) told.push(event);
  });
  return told;
};

describe.each(['documented', 'observed'] as const)('the record of a queue of the %s rerobots', (profile) => {
  it('has a row for each change, which a page shows until now', async () => {
    await begin(profile);
    const { id } = free();
    const booked = await taken(id);
    await pass(2 * MINUTE, 10_000);
    await robots.bookings.terminate(booked, oscar);
    await pass(4 * MINUTE, 10_000);
    expect(await recorded(id)).toEqual([0, 1, 0]);
    const { queueHistory, deployment, forecast, freshness } = await fleet.detail(id, vera);
    expect(queueHistory.lengths).toEqual([0, 1, 0]);
    expect(queueHistory.times.at(-1)).toBeLessThan(bench.clock.now());
    expect(deployment.id).toBe(id);
    expect(forecast).toBeNull();
    expect(freshness.state).toBe('live');
    await expect(fleet.detail('unknown', vera)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('has a gap while rerobots could not be reached, and continues after it', async () => {
    await begin(profile);
    const { id } = free();
    const heal = bench.simulator.fail({ api: 'rerobots', kind: 'refuse' });
    await pass(9 * MINUTE, MINUTE);
    expect(await recorded(id)).toEqual([0]);
    await pass(5 * MINUTE, MINUTE);
    expect(await recorded(id)).toEqual([0, null]);
    heal();
    await pass(6 * MINUTE, 20_000);
    expect(await recorded(id)).toEqual([0, null, 0]);
  });

  it('notifies a watcher once, and nobody else, that the robot is free', async () => {
    await begin(profile);
    const { id, type } = free();
    const booked = await taken(id);
    await pass(30_000, 5_000);
    const [hers, others] = [browser(vera), browser(oscar)];
    await fleet.watch(id, vera);
    await fleet.watch(id, olga);
    await pass(MINUTE, 5_000);
    expect(hers).toEqual([]);
    expect((await fleet.detail(id, vera)).watching).toBe(true);
    expect((await fleet.detail(id, oscar)).watching).toBe(false);

    await fleet.stop();
    fleet = serveFleet();
    await robots.bookings.terminate(booked, oscar);
    await pass(2 * MINUTE, 5_000);
    expect(hers).toEqual([{ type: 'robot-free', deploymentId: id, robotType: type, people: ['vera'] }]);
    expect(others).toEqual([]);
    expect((await fleet.detail(id, vera)).watching).toBe(false);
    // No page of Olga's is open yet: her watch is kept until one is.
    expect((await listWatches(bench.store.db)).map(({ person }) => person)).toEqual(['olga']);
    const olgas = browser(olga);
    await pass(MINUTE, 5_000);
    expect(olgas).toHaveLength(1);
    expect(hers).toHaveLength(1);
  });
});

describe('a watch', () => {
  it('can be removed, and expires after a day', async () => {
    await begin('observed');
    browser(vera);
    const { id } = free();
    bench.simulator.happen({ kind: 'deployment.offline', id });
    await pass(MINUTE, 5_000);
    expect(await fleet.watch(id, vera)).toEqual({ watching: true });
    expect(await fleet.unwatch(id, vera)).toEqual({ watching: false });
    const hour = 60 * MINUTE;
    const since = (hours: number) => bench.clock.now() - hours * hour;
    await keepWatch(bench.store.db, { deployment_id: id, person: 'oscar', since: since(25) });
    await keepWatch(bench.store.db, { deployment_id: id, person: 'olga', since: since(23) });
    await pass(5_000);
    expect((await listWatches(bench.store.db)).map(({ person }) => person)).toEqual(['olga']);
    await expect(fleet.watch('unknown', vera)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('after a restart', () => {
  it('the record has a gap from when it was last read', async () => {
    await begin('observed');
    const { id } = free();
    const readUntil = bench.clock.now();
    await fleet.stop();
    bench.clock.advance(20 * MINUTE);
    fleet = serveFleet();
    await pass(MINUTE, 5_000);
    const rows = await queueLengthsSince(bench.store.db, id, 0);
    expect(rows.map(({ length }) => length)).toEqual([0, null, 0]);
    expect(Math.abs((rows[1]?.at ?? 0) - readUntil)).toBeLessThan(MINUTE);
  });
});

describe('old records', () => {
  it('are deleted except for what still holds', async () => {
    await begin('observed');
    const { id } = free();
    const first = await queueLengthsSince(bench.store.db, id, 0);
    await taken(id);
    await pass(MINUTE, 5_000);
    expect(await recorded(id)).toEqual([0, 1]);
    await fleet.stop();
    const daysSinceFirst = (bench.clock.now() - (first[0]?.at ?? 0)) / 86_400_000;
    fleet = serveFleet(daysSinceFirst);
    await pass(2 * MINUTE, 5_000);
    expect(await recorded(id)).toEqual([1, null, 1]);
  });
});

describe('usage and the page of a robot', () => {
  it('count what the team holds, clipped to the range', async () => {
    await begin('observed');
    const { id, type } = free();
    const booked = await taken(id);
    await pass(3 * MINUTE, 10_000);
    const now = bench.clock.now();
    const { rows, quota } = await fleet.usage({ from: now - 2 * MINUTE, to: now + MINUTE });
    expect(quota).toBe(3);
    expect(rows).toEqual([{ owner: 'oscar', type, bookings: 1, seconds: 120 }]);
    expect(await fleet.usage({ from: 1, to: 2 })).toEqual({ rows: [], quota: 3 });
    const { bookings } = await fleet.detail(id, vera);
    expect(bookings).toMatchObject([{ id: booked, owner: 'oscar', state: 'ready' }]);
  });
});
