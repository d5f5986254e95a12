import { paths } from '@cyclorama/shared/paths.ts';
import {
  deploymentDetail,
  robotTimeline,
  usageResponse,
  watchResponse,
} from '@cyclorama/shared/robot-fleet.ts';
import { booking, deploymentsResponse } from '@cyclorama/shared/robots.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
// oxlint-disable-next-line no-restricted-imports -- a test
import { realClock } from '@cyclorama/simulator';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';

const unknown = '00000000-0000-4000-8000-000000000000';

describe.each(['documented', 'observed'] as const)('robots over time, with the %s rerobots', (profile) => {
  let clock: ReturnType<typeof realClock>;
  let server: TestServer;
  let vera: Browser;
  let oscar: Browser;
  let ada: Browser;
  let robot: RobotDeployment;
  const streams = new AbortController();

  beforeAll(async () => {
    // Robots start within seconds on this clock, so that the test need not wait for them.
    clock = realClock(10);
    server = await startTestServer({
      clock,
      simulator: { profile, clock },
      env: { ROBOT_QUOTA: '2' },
    });
    [vera, oscar, ada] = await Promise.all([
      server.signIn('vera'),
      server.signIn('oscar'),
      server.signIn('ada'),
    ]);
    robot = await vi.waitFor(async () => {
      const { deployments } = deploymentsResponse.parse(await (await vera.get(paths.deployments())).json());
      const found = deployments.find((one) => one.type === 'basic_kobuki' && one.online === true);
      return found ?? expect.unreachable('no robot is known to be online yet');
    }, 10_000);
  });
  afterAll(async () => {
    streams.abort();
    await server.close();
  });

  /** The text of a browser's event stream from now on. */
  const stream = async (browser: Browser): Promise<() => string> => {
    const answer = await fetch(server.url + paths.events(), {
      headers: { cookie: browser.cookie },
      signal: streams.signal,
    });
    let text = '';
    const read = async (): Promise<void> => {
      for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString('utf8');
    };
    read().catch(() => undefined);
    await vi.waitFor(() => expect(text).toContain('hello'));
    return () => text;
  };
  const detail = async (browser: Browser) =>
    deploymentDetail.parse(await (await browser.get(paths.deployment(robot.id))).json());

  it('the search pages and sorts as rerobots does, and returns the total', async () => {
    const read = async (query: string) =>
      deploymentsResponse.parse(await (await vera.get(`${paths.deployments()}?${query}`)).json());
    const all = await read('sort_by=dec_count');
    const counts = all.deployments.map(({ instancesSoFar }) => instancesSoFar ?? 0);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    const second = await read('sort_by=dec_count&max_per_page=2&page=2');
    expect(second).toMatchObject({ page: 2, total: all.deployments.length });
    expect(second.deployments.map(({ id }) => id)).toEqual(all.deployments.slice(2, 4).map(({ id }) => id));
    const answer = await vera.get(`${paths.deployments()}?sort_by=best`);
    expect([answer.status, (await errorOf(answer)).field]).toEqual([400, 'query.sort_by']);
  });

  it('a page of one robot requires a session and an existing id', async () => {
    expect((await fetch(server.url + paths.deployment(robot.id))).status).toBe(401);
    expect((await vera.get(paths.deployment('robot'))).status).toBe(400);
    expect((await vera.get(paths.deployment(unknown))).status).toBe(404);
    await vi.waitFor(async () => {
      const { queueHistory, deployment, watching, forecast } = await detail(vera);
      expect(queueHistory.lengths.at(-1)).toBe(0);
      expect([deployment.id, watching, forecast]).toEqual([robot.id, false, null]);
    }, 10_000);
  });

  it('a watch requires a session and its CSRF token, and is per person', async () => {
    const path = paths.deploymentWatch(robot.id);
    expect((await fetch(server.url + path, { method: 'POST' })).status).toBe(401);
    expect((await vera.post(path, { headers: { 'x-csrf-token': 'no' } })).status).toBe(403);
    expect((await vera.post(paths.deploymentWatch('robot'))).status).toBe(400);
    expect((await vera.post(paths.deploymentWatch(unknown))).status).toBe(404);
    server.simulator.happen({ kind: 'deployment.offline', id: robot.id });
    expect(watchResponse.parse(await (await vera.post(path)).json())).toEqual({ watching: true });
    expect([(await detail(vera)).watching, (await detail(oscar)).watching]).toEqual([true, false]);
    expect(watchResponse.parse(await (await vera.del(path)).json())).toEqual({ watching: false });
    expect((await detail(vera)).watching).toBe(false);
    server.simulator.happen({ kind: 'deployment.online', id: robot.id });
    await vi.waitFor(async () => expect((await detail(vera)).deployment.online).toBe(true));
  });

  it('a watcher is notified that the robot is free, and nobody else', async () => {
    const [hers, his] = [await stream(vera), await stream(ada)];
    const booked = await oscar.post(paths.bookings(), { body: { deploymentId: robot.id } });
    const { id } = booking.parse(await booked.json());
    await vi.waitFor(async () => expect((await detail(vera)).deployment.queueLength).toBe(1), 15_000);
    // The history looks now and then: what ends before its look is not in it, and the timeline below reads it.
    await vi.waitFor(async () => expect((await detail(vera)).queueHistory.lengths).toContain(1), 15_000);
    for (const browser of [vera, oscar]) await browser.post(paths.deploymentWatch(robot.id));
    await oscar.post(paths.bookingTerminate(id));
    await vi.waitFor(() => expect(hers()).toContain('robot-free'), 15_000);
    expect(hers()).toContain('"people":["vera"]');
    expect(his()).not.toContain('robot-free');
    expect((await detail(vera)).watching).toBe(false);
    // Oscar has no page open: he is notified when he has.
    expect((await detail(oscar)).watching).toBe(true);
    expect((await detail(vera)).bookings).toMatchObject([{ id, owner: 'oscar', deploymentId: robot.id }]);
  }, 40_000);

  it('usage requires a session and a range, and comes as JSON and as a file', async () => {
    const now = clock.now();
    const range = (from: number, to: number) => `?from=${from}&to=${to}`;
    const day = range(now - 86_400_000, now);
    expect((await fetch(server.url + paths.robotUsage() + day)).status).toBe(401);
    expect((await fetch(server.url + paths.robotUsageCsv() + day)).status).toBe(401);
    for (const path of [paths.robotUsage(), paths.robotUsageCsv()]) {
      const backwards = await vera.get(path + range(now, now - 1));
      expect([backwards.status, (await errorOf(backwards)).field]).toEqual([400, 'query.to']);
      expect((await vera.get(path)).status).toBe(400);
    }
    const { rows, quota } = usageResponse.parse(await (await vera.get(paths.robotUsage() + day)).json());
    expect(quota).toBe(2);
    expect(rows.filter(({ owner }) => owner === 'oscar')).toMatchObject([{ type: robot.type, bookings: 1 }]);
    const file = await vera.get(paths.robotUsageCsv() + day);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toMatch(/attachment; filename="robot-usage-.*\.csv"/);
    const lines = (await file.text()).split('\r\n');
    expect(lines[0]).toBe('owner,type,bookings,seconds,from (UTC),to (UTC)');
    expect(lines.find((line) => line.startsWith('oscar,'))).toContain(`oscar,${robot.type},1,`);
  });

  it('the timeline tells who held which robot when, and each holder their part', async () => {
    const now = clock.now();
    const range = `?from=${now - 86_400_000}&to=${now + 60_000}&deployment=${robot.id}`;
    expect((await fetch(server.url + paths.robotTimeline() + range)).status).toBe(401);
    const backwards = await vera.get(`${paths.robotTimeline()}?from=2&to=1`);
    expect([backwards.status, (await errorOf(backwards)).field]).toEqual([400, 'query.to']);
    const told = robotTimeline.parse(await (await vera.get(paths.robotTimeline() + range)).json());
    const held = told.uses.filter(({ kind }) => kind === 'held');
    expect(held[0]).toMatchObject({ owner: 'oscar', deploymentId: robot.id, state: 'terminated' });
    expect(told.busy).toHaveLength(1);
    expect(told.busy[0]?.spans.length).toBeGreaterThan(0);
  });

  it('a booking is handed over by its owner to an operator', async () => {
    const booked = await oscar.post(paths.bookings(), { body: { deploymentId: robot.id, reserve: true } });
    const { id } = booking.parse(await booked.json());
    const path = paths.bookingHandOver(id);
    expect((await fetch(server.url + path, { method: 'POST' })).status).toBe(401);
    const empty = await oscar.post(path, { body: { to: ' ' } });
    expect([empty.status, (await errorOf(empty)).field]).toEqual([400, 'body.to']);
    expect((await vera.post(path, { body: { to: 'ada' } })).status).toBe(403);
    for (const to of ['vera', 'nobody-of-this-name']) {
      const refused = await oscar.post(path, { body: { to } });
      expect([refused.status, (await errorOf(refused)).field]).toEqual([400, 'body.to']);
    }
    const handed = booking.parse(await (await oscar.post(path, { body: { to: 'ada' } })).json());
    expect(handed).toMatchObject({ id, owner: 'ada' });
    expect((await oscar.post(path, { body: { to: 'oscar' } })).status).toBe(403);
  });
});
