import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { writeSetting } from '../store/settings.ts';
import { errorOf, startTestServer } from '../testing/server.fixture.ts';
import type { Browser, TestServer } from '../testing/server.fixture.ts';

let server: TestServer;
let ada: Browser;

beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signIn('ada');
});
afterAll(() => server.close());

const storeOf = async (): Promise<unknown> =>
  ((await (await fetch(`${server.url}/api/about`)).json()) as { store: unknown }).store;

it('refuses changes while the disk is full, says so everywhere, and goes on by itself', async () => {
  const { db } = server.store;
  const told: (string | undefined)[] = [];
  const unsubscribe = server.hub.subscribe((event) => {
    if (event.type === 'store') told.push(event.fault?.message);
  });
  await sql`pragma max_page_count = 1`.execute(db);
  await expect(writeSetting(db, 'large', 'x'.repeat(1_000_000))).rejects.toThrow(/is full/);

  const ready = await fetch(`${server.url}/readyz`);
  // A balancer must not take away the live views, which go on.
  expect([ready.status, await ready.json()]).toEqual([
    200,
    {
      ready: true,
      store: 'failing',
      reason: 'The disk that holds the data is full. Free some space on the volume of DATA_DIR.',
      cycle: 'live',
    },
  ]);
  expect(await storeOf()).toEqual({
    message: 'The disk that holds the data is full.',
    hint: 'Free some space on the volume of DATA_DIR.',
  });
  const stop = await ada.post('/api/instances/651586fca6078e98982d0201/tasks', { body: { action: 'stop' } });
  expect([stop.status, stop.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await errorOf(stop)).toMatchObject({
    code: 'store-unavailable',
    message: 'The disk that holds the data is full. Nothing can be changed until it is fixed.',
  });
  expect((await ada.get('/api/topology')).status).toBe(200);
  expect((await ada.get('/api/overview')).status).toBe(200);
  expect((await server.signInAs('ada', server.password('ada'))).status).toBe(200);

  await sql`pragma max_page_count = 1000000`.execute(db);
  await vi.waitFor(async () => expect(await storeOf()).toBeNull());
  expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ ready: true, store: 'ok' });
  expect(told).toEqual(['The disk that holds the data is full.', undefined]);
  unsubscribe();
});
