import { sentResponse } from '@cyclorama/shared/monitoring.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { manualClock } from '@cyclorama/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let oscar: Browser;
beforeAll(async () => {
  server = await startTestServer({ simulator: { clock: manualClock(Date.now()), seed: 3 } });
  oscar = await server.signIn('oscar');
});
afterAll(() => server.close());

const time = '2026-03-26T09:15:00Z';
const metric = (values: number[]) => ({ metric: 'queue.depth', type: 'gauge', points: [{ time, values }] });
const event = { event: 'render.failed', type: 'error', priority: 'high', text: 'exit 137' };
const received = () => server.simulator.live.received;

describe('what is sent to Cycle’s monitoring', () => {
  it('arrives once, however often the same request comes', async () => {
    const headers = { 'idempotency-key': 'metrics-once' };
    const send = () => oscar.post(environmentPaths.sendMetrics(), { body: [metric([3])], headers });
    expect(sentResponse.parse(await (await send()).json())).toEqual({ sent: 1 });
    expect(sentResponse.parse(await (await send()).json())).toEqual({ sent: 1 });
    expect(received().metrics).toEqual([metric([3])]);
  });

  it('is events and load balancer telemetry too, on record by name before it is sent', async () => {
    await oscar.post(environmentPaths.sendEvents(), { body: [event, { ...event, event: 'render.stopped' }] });
    await oscar.post(environmentPaths.sendSnapshots(), { body: { 'port-443': { time, current: { a: 1 } } } });
    expect(received().events).toMatchObject([event, { event: 'render.stopped' }]);
    expect(received().snapshots).toEqual([{ 'port-443': { time, current: { a: 1 } } }]);
    const { entries } = await server.activity.page({ limit: 10, action: 'monitoring' });
    expect(entries.map(({ action, outcome, subject }) => [action, outcome, subject?.name])).toEqual([
      ['monitoring.send-snapshots', 'done', 'port-443'],
      ['monitoring.send-snapshots', 'started', 'port-443'],
      ['monitoring.send-events', 'done', 'render.failed, render.stopped'],
      ['monitoring.send-events', 'started', 'render.failed, render.stopped'],
      ['monitoring.send-metrics', 'done', 'queue.depth'],
      ['monitoring.send-metrics', 'started', 'queue.depth'],
    ]);
  });

  it('must be whole numbers, by the route and by the proxy alike', async () => {
    for (const path of [environmentPaths.sendMetrics(), paths.proxy('cycle', '/v1/monitoring/metrics')]) {
      const answer = await oscar.post(path, { body: [metric([1.5])] });
      expect([answer.status, (await errorOf(answer)).message]).toEqual([
        400,
        'body.0.points.0.values.0: expected a whole number.',
      ]);
    }
    expect(received().metrics).toHaveLength(1);
  });

  it('is sent by operators only', async () => {
    const vera = await server.signIn('vera');
    for (const path of [environmentPaths.sendMetrics(), environmentPaths.sendEvents()])
      expect((await vera.post(path, { body: [] })).status).toBe(403);
    expect((await vera.post(environmentPaths.sendSnapshots(), { body: {} })).status).toBe(403);
  });
});
