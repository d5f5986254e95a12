import { NOTIFICATIONS_KEPT, notificationsResponse } from '@cyclorama/shared/notifications.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { manualClock } from '@cyclorama/simulator';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let vera: Browser;
beforeAll(async () => {
  server = await startTestServer({ simulator: { clock: manualClock(Date.now()), seed: 3 } });
  vera = await server.signIn('vera');
  await vi.waitUntil(async () => (await list()).whyNone === null, 20_000);
});
afterAll(() => server.close());

const list = async (query = '') =>
  notificationsResponse.parse(await (await vera.get(environmentPaths.notifications() + query)).json());
const notify = (over: object = {}) =>
  server.simulator.live.bus.notify({ topic: 'container.state.changed', id: 'c1', ...over });
const until = (newest: number) => vi.waitUntil(async () => (await list()).newest >= newest, 10_000);

describe('notifications', () => {
  it('are told as they came, and in the stream while a page shows them', async () => {
    const told: number[] = [];
    server.hub.subscribe((event) => event.type === 'notifications' && told.push(event.newest));
    const { newest } = await list();
    notify({ state: 'running', previous: 'starting', annotations: { health: 'healthy' } });
    await until(newest + 1);
    const [last] = (await list()).notifications.slice(-1);
    expect(last).toMatchObject({
      number: newest + 1,
      topic: 'container.state.changed',
      objectId: 'c1',
      state: 'running',
      stateBefore: 'starting',
      raw: { object: { id: 'c1', state: 'running' }, annotations: { health: 'healthy' } },
    });
    expect(told).toEqual([newest + 1]);
  });

  it('hold no secret', async () => {
    const { newest } = await list();
    notify({ annotations: { api_token: 'SECRET', link: 'https://u:SECRET@host/x' } });
    await until(newest + 1);
    const text = await (await vera.get(environmentPaths.notifications())).text();
    expect(text).not.toContain('SECRET');
    expect(text).toContain('(withheld)');
  });

  it('are asked for after the newest known, all of them by who knows another process', async () => {
    const { epoch, newest, notifications } = await list();
    expect((await list(`?epoch=${epoch}&after=${newest}`)).notifications).toEqual([]);
    expect((await list(`?epoch=other&after=${newest}`)).notifications).toEqual(notifications);
  });

  it('are bounded', async () => {
    const { newest } = await list();
    for (let count = 0; count < NOTIFICATIONS_KEPT + 20; count += 1) notify();
    await until(newest + NOTIFICATIONS_KEPT + 20);
    expect((await list()).notifications).toHaveLength(NOTIFICATIONS_KEPT);
  });

  it('say why none arrive', async () => {
    const end = server.simulator.fail({ api: 'cycle', kind: 'down' });
    const whyNone = await vi.waitUntil(async () => (await list()).whyNone, 15_000);
    end();
    expect(whyNone).toMatch(/\.$/);
  });
});
