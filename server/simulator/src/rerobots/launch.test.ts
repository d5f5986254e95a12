import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

it.each([
  [{ reserve: 'yes' }, 'value for option `reserve` has wrong type'],
  [{ vpn: 1 }, 'value for option `vpn` has wrong type'],
  [{ sshkey: 5 }, 'value for option `sshkey` has wrong type'],
  [{ eurl: 5 }, 'value for option `eurl` has wrong type'],
  [{ eurl: '  ' }, 'value for option `eurl` must be nonempty'],
  [{ expire_d: '9' }, 'value for option `expire_d` has wrong type'],
  [{ expire_d: 0 }, 'value for option `expire_d` must be positive'],
  [{ keepalive: 1 }, 'value for option `keepalive` has wrong type'],
  [{ allow_noop: 1 }, 'value for option `allow_noop` has wrong type'],
  [{ repo: 'x' }, 'value for option `repo` missing url'],
])('refuses %j', async (body, message) => {
  robots = await startRerobots();
  const deployment = await robots.freeDeployment();
  const { status, json } = await robots.post(`/new/${deployment}`, body);
  expect([status, json]).toEqual([400, { error_message: message }]);
});

it('refuses by target: unknown, of two types, closed to the user', async () => {
  robots = await startRerobots();
  const answer = async (path: string, body?: unknown, token?: string) => {
    const { status, json } = await robots.post(path, body, token === undefined ? {} : { token });
    return [status, json.error ?? json.error_message];
  };
  const [kobuki, own] = [await robots.freeDeployment(), await robots.freeDeployment('user_provided')];
  const none = [404, 'no matching wdeployment found'];
  expect(await answer(`/new/${UNKNOWN_ID}`)).toEqual(none);
  expect(await answer('/new/nosuch')).toEqual(none);
  expect(await answer('/new', { wds: [] })).toEqual(none);
  expect(await answer('/new', { wds: ['x'] })).toEqual([404, undefined]);
  expect(await answer('/new', { wds: [kobuki, UNKNOWN_ID] })).toEqual([
    404,
    'some given IDs have no matching wdeployment',
  ]);
  expect(await answer('/new', { wds: [kobuki, own] })).toEqual([
    400,
    'multiple request for wdeployments of different wtype not supported',
  ]);
  robots.happen({ kind: 'deployment.offline', id: kobuki });
  robots.happen({ kind: 'deployment.offline', id: own });
  expect(await answer('/new', { wds: [kobuki, own] })).toEqual([
    503,
    'workspace deployment temporarily unavailable, try again later',
  ]);
  robots.happen({ kind: 'deployment.online', id: own });
  const frodo = await robots.issueToken({ user: 'frodo' });
  expect(await answer(`/new/${own}`, {}, frodo)).toEqual([403, undefined]);
  expect(await answer('/new/user_provided', {}, frodo)).toEqual([
    404,
    'All feasible workspace deployments are busy',
  ]);
});

it('keeps to what a token is for', async () => {
  robots = await startRerobots();
  const path = `/new/${await robots.freeDeployment()}`;
  const told = async (claims: Record<string, unknown>) => {
    const token = await robots.issueToken({ user: 'cyclorama', claims });
    return (await robots.post(path, {}, { token })).json.error_message;
  };
  expect(await told({ sc: ['r'] })).toBe('token scope does not permit instantiation');
  expect(await told({ wt: ['fixed_misty2'] })).toBe('token not valid for wtype basic_kobuki');
  expect(await told({ in: UNKNOWN_ID })).toBe('token already constrained to another instance');
  expect(await told({ opt: { expire_d: 60 } })).toBe('token only valid for expire_d=60');
});

it('returns the running instance with allow_noop, also by type', async () => {
  robots = await startRerobots();
  const deployment = await robots.freeDeployment('user_provided');
  const id = await robots.readyInstance(deployment);
  for (const target of [deployment, 'user_provided'])
    expect((await robots.post(`/new/${target}`, { allow_noop: true })).json).toEqual({ success: true, id });
});

it('takes a free one of a list, and queues for the first where none is', async () => {
  robots = await startRerobots();
  const first = await robots.freeDeployment();
  await robots.readyInstance(first);
  const second = await robots.freeDeployment();
  const wds = [first, second];
  const { id } = (await robots.post('/new', { wds })).json;
  robots.clock.advance(2_000);
  expect((await robots.get(`/instance/${id}`)).json).toMatchObject({ deployment: second });
  expect((await robots.post('/new', { wds })).status).toBe(503);
  expect((await robots.post('/new', { wds, reserve: true })).json.success).toBe(false);
  expect((await robots.get('/reservations')).json.reservations[0]).toMatchObject({ desc: `wd:${first}` });
});
