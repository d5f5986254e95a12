import { monitoringEventsRequest } from '@cyclorama/shared/monitoring.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';
import { eventOf } from './monitoring.ts';

const soon = { timeout: 60_000, interval: 100 };
let server: TestServer;
let ada: Browser;
beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signIn('ada');
}, 120_000);
afterAll(() => server.close());

const rule = (name: string) => ({
  name,
  condition: { kind: 'certificate', daysLeft: 365 },
  forSeconds: 0,
  severity: 'warning',
});
const sent = () =>
  (server.simulator.live.received.events as { event: string; text: string }[]).filter(({ event }) =>
    event.startsWith('cyclorama.alert.'),
  );

it('sends alerts to Cycle’s monitoring only where an admin has switched it on, each once', async () => {
  const settings = await ada.put(paths.alertSettings(), { body: { quietHours: null, toMonitoring: true } });
  expect([settings.status, await settings.json()]).toEqual([
    200,
    expect.objectContaining({ toMonitoring: true, changedBy: 'ada' }),
  ]);
  const made = (await (await ada.post(paths.alertRules(), { body: rule('Certificates') })).json()) as {
    id: string;
  };
  await vi.waitFor(
    () => expect(sent().map(({ text }) => text)).toContainEqual(expect.stringMatching(/^Certificates: /)),
    soon,
  );
  const own = sent().filter(({ text }) => text.includes('Certificates: '));
  expect(own).toMatchObject([{ event: 'cyclorama.alert.firing', type: 'warning', priority: 'high' }]);
  await ada.del(paths.alertRule(made.id));
  await vi.waitFor(
    () =>
      expect(sent().filter(({ text }) => text.includes('Certificates: '))).toMatchObject([
        { event: 'cyclorama.alert.firing' },
        { event: 'cyclorama.alert.resolved', type: 'success' },
      ]),
    soon,
  );
  await ada.put(paths.alertSettings(), { body: { quietHours: null, toMonitoring: false } });
  await ada.post(paths.alertRules(), { body: rule('Silent') });
  const firing = async () => JSON.stringify(await (await ada.get(paths.alerts())).json());
  await vi.waitFor(async () => expect(await firing()).toContain('"Silent"'), soon);
  expect(sent().some(({ text }) => text.includes('Silent: '))).toBe(false);
}, 150_000);

it('is an event that Cycle takes, with the id of the message', () => {
  const data = {
    summary: 'Over: Unhealthy: api-1',
    rule: { id: 'r1', name: 'Unhealthy' },
    severity: 'critical' as const,
    total: 1,
    alerts: [],
    url: null,
  };
  const event = eventOf('m1', { type: 'alert.resolved', timestamp: '2026-11-01T00:00:00Z', data });
  expect(monitoringEventsRequest.parse([event])).toMatchObject([
    { event: 'cyclorama.alert.resolved', type: 'success', extra: { id: 'm1', total: 1 } },
  ]);
});
