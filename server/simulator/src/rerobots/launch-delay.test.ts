import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

const statusCode = async (path: string, token?: string) =>
  (await robots.get(path, token === undefined ? {} : { token })).status;
const listed = async (id: string) => (await robots.get('/instances')).json.workspace_instances.includes(id);

it.each(['observed', 'documented'] as const)(
  'answers success at once and creates the instance minutes later (%s)',
  async (profile) => {
    robots = await startRerobots({ profile });
    robots.happen({ kind: 'launch.delay', ms: 180_000 });
    const { json } = await robots.post(`/new/${await robots.freeDeployment()}`);
    expect(json.success).toBe(true);
    robots.clock.advance(179_000);
    expect([await statusCode(`/instance/${json.id}`), await listed(json.id)]).toEqual([404, false]);
    expect((await robots.post(`/terminate/${json.id}`)).status).toBe(404);
    robots.clock.advance(1_000);
    expect([await robots.status(json.id), await listed(json.id)]).toEqual(['INIT', true]);
    robots.clock.advance(40_000);
    expect(await robots.status(json.id)).toBe('READY');
  },
);

it('is settled from the start, down to nothing, and put back to the profile’s own', async () => {
  robots = await startRerobots({ launchDelayMs: 0 });
  const first = await robots.post(`/new/${await robots.freeDeployment()}`);
  robots.clock.advance(0);
  expect(await robots.status(first.json.id)).toBe('INIT');
  robots.happen({ kind: 'launch.delay' });
  const second = await robots.post(`/new/${await robots.freeDeployment()}`);
  robots.clock.advance(200);
  expect(await statusCode(`/instance/${second.json.id}`)).toBe(404);
  robots.clock.advance(2_000);
  expect(await robots.status(second.json.id)).toBe('INIT');
});

async function cancelWhileLaunching(): Promise<string> {
  const deployment = await robots.freeDeployment();
  const holder = await robots.readyInstance(deployment);
  const { id } = (await robots.post(`/new/${deployment}`, { reserve: true })).json;
  robots.happen({ kind: 'launch.delay', ms: 60_000 });
  await robots.post(`/terminate/${holder}`);
  robots.clock.advance(10_000);
  expect((await robots.call('DELETE', `/reservation/${id}`)).status).toBe(200);
  expect((await robots.get('/reservations')).json.reservations).toEqual([]);
  expect(await statusCode(`/instance/${id}`)).toBe(404);
  robots.clock.advance(60_000);
  return id;
}

it('launches a reservation all the same whose cancel met the launch', async () => {
  robots = await startRerobots();
  robots.happen({ kind: 'reservation.cancel-meets-launch' });
  const id = await cancelWhileLaunching();
  expect(await robots.status(id)).toBe('INIT');
});

it('launches nothing after a cancel otherwise', async () => {
  robots = await startRerobots();
  robots.happen({ kind: 'reservation.cancel-meets-launch', on: true });
  robots.happen({ kind: 'reservation.cancel-meets-launch', on: false });
  const id = await cancelWhileLaunching();
  expect(await statusCode(`/instance/${id}`)).toBe(404);
});

it('shows each of two accounts its own instances only', async () => {
  robots = await startRerobots();
  const token = await robots.issueToken({ user: 'orchard-lab' });
  const own = await robots.readyInstance(await robots.freeDeployment());
  const theirs = await robots.readyInstance(await robots.freeDeployment(), {}, token);
  const ids = async (options: { token?: string }) =>
    (await robots.get('/instances', options)).json.workspace_instances;
  expect([await ids({}), await ids({ token })]).toEqual([[own], [theirs]]);
  expect(await statusCode(`/instance/${own}`, token)).toBe(404);
  expect(await statusCode(`/instance/${theirs}`)).toBe(404);
});
