import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

async function lengths(): Promise<number[]> {
  const { json } = await robots.get('/deployments?info');
  return json.workspace_deployments.map((id) => json.info[id]?.queuelen ?? -1);
}

it('keeps the world moving, with three robots free and one type left alone at any time', async () => {
  robots = await startRerobots();
  const counted = async () =>
    Object.values((await robots.get('/deployments?info')).json.info).reduce(
      (sum, { icounter }) => sum + icounter,
      0,
    );
  const before = await counted();
  const seen = new Set<string>();
  for (let minute = 0; minute < 40; minute++) {
    robots.clock.advance(60_000);
    const now = await lengths();
    seen.add(now.join());
    expect(now.filter((length) => length === 0).length).toBeGreaterThanOrEqual(3);
    expect((await robots.get('/deployments/basic_kobuki?maxlen=0')).json.workspace_deployments).toHaveLength(
      2,
    );
  }
  expect(seen.size).toBeGreaterThan(20);
  expect((await counted()) - before).toBeGreaterThan(10);
});

it('offers at least eight deployments of five types in two regions, and sixty where asked', async () => {
  robots = await startRerobots();
  const { info } = (await robots.get('/deployments?info')).json;
  expect(Object.keys(info).length).toBeGreaterThanOrEqual(8);
  expect(new Set(Object.values(info).map(({ type }) => type)).size).toBeGreaterThanOrEqual(5);
  expect(new Set(Object.values(info).map(({ region }) => region)).size).toBeGreaterThanOrEqual(2);
  await robots.stop();
  robots = await startRerobots({ scenario: 'ten-thousand' });
  expect(await lengths()).toHaveLength(60);
});

it('keeps every robot busy and queued for where the queue is full', async () => {
  robots = await startRerobots({ scenario: 'queue-full' });
  for (const length of await lengths()) {
    expect(length).toBeGreaterThanOrEqual(2);
    expect(length).toBeLessThanOrEqual(5);
  }
  for (let step = 0; step < 200; step++) {
    robots.clock.advance(10_700);
    expect(Math.min(...(await lengths()))).toBeGreaterThanOrEqual(1);
  }
});

it('is the same world for the same seed', async () => {
  robots = await startRerobots({}, 5);
  const first = (await robots.get('/deployments?info')).text;
  await robots.stop();
  robots = await startRerobots({}, 5);
  expect((await robots.get('/deployments?info')).text).toBe(first);
});

it('books and releases by hand', async () => {
  robots = await startRerobots();
  const deployment = await robots.freeDeployment();
  const length = async () => (await robots.get(`/queuelen/${deployment}`)).json.len;
  robots.happen({ kind: 'other.book', id: deployment });
  robots.clock.advance(2_000);
  robots.happen({ kind: 'other.book', id: deployment });
  expect(await length()).toBe(2);
  robots.happen({ kind: 'other.release', id: deployment });
  expect(await length()).toBe(1);
});

it('says what an event should have been', async () => {
  robots = await startRerobots();
  expect(() => robots.happen({ kind: 'nonsense' })).toThrow(/^kind: expected one of deployment\.offline, /);
  expect(() => robots.happen({ kind: 'deployment.offline', id: 'x' })).toThrow(
    'deployment.offline: id: expected the id of a deployment, got x',
  );
  expect(() => robots.happen({ kind: 'limit.set' })).toThrow(
    'limit.set: remaining: expected an integer from -1 to 3600',
  );
  expect(() => robots.happen({ kind: 'instance.terminate' })).toThrow(
    'instance.terminate: id: expected an instance that is INIT or READY, got none',
  );
  const free = await robots.freeDeployment();
  expect(() => robots.happen({ kind: 'other.release', id: free })).toThrow(/^other\.release: id: expected/);
});
