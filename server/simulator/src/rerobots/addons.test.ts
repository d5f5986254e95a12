import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

async function misty(profile: 'observed' | 'documented' = 'observed') {
  robots = await startRerobots({ profile });
  let deployment = await robots.freeDeployment('fixed_misty2');
  while (deployment === '') {
    robots.clock.advance(5_000);
    deployment = await robots.freeDeployment('fixed_misty2');
  }
  return robots.readyInstance(deployment);
}

it('goes from starting to active to stopping to gone', async () => {
  const path = `/addon/py/${await misty()}`;
  const inactive = { error_message: 'add-on `py` not active on this instance' };
  expect((await robots.get(path)).json).toEqual(inactive);
  expect((await robots.post(path)).text).toBe('');
  expect((await robots.get(path)).json.status).toBe('starting');
  robots.clock.advance(4_000);
  expect((await robots.get(path)).json).toEqual({
    status: 'active',
    url: expect.stringMatching(/^wss:\/\/api\.rerobots\.net\/proxy\/[0-9a-f]{64}\/py\/[0-9a-f]{64}$/),
  });
  const again = await robots.post(path);
  expect([again.status, again.json.error_message]).toEqual([
    503,
    `add-on \`py\` already applied to instance ${path.slice('/addon/py/'.length)}`,
  ]);
  expect((await robots.call('DELETE', path)).status).toBe(200);
  expect((await robots.get(path)).json.status).toBe('stopping');
  robots.clock.advance(4_000);
  expect((await robots.get(path)).json).toEqual(inactive);
  expect((await robots.call('DELETE', path)).status).toBe(404);
});

it('takes cam twice and shows a JPEG after a while', async () => {
  const id = await misty();
  await robots.post(`/addon/cam/${id}`);
  expect((await robots.post(`/addon/cam/${id}`)).status).toBe(200);
  expect((await robots.get(`/addon/cam/${id}/0/img`)).text).toBe(
    '{"success": false, "message": "no image available; try again soon."}',
  );
  robots.clock.advance(8_000);
  const image = (await robots.get(`/addon/cam/${id}/0/img`)).json;
  expect(image).toMatchObject({ success: true, format: 'JPEG', coding: 'base64' });
  const bytes = Buffer.from(image.data, 'base64');
  expect([bytes.subarray(0, 3).toString('hex'), bytes.subarray(-2).toString('hex')]).toEqual([
    'ffd8ff',
    'ffd9',
  ]);
  robots.clock.advance(1_000);
  expect((await robots.get(`/addon/cam/${id}/0/img`)).json.data).not.toBe(image.data);
  expect((await robots.get(`/addon/cam/${id}/7/img`)).json.error_message).toBe('not valid camera identifier');
});

it('starts and stops vnc apart from activating it', async () => {
  const path = `/addon/vnc/${await misty()}`;
  expect((await robots.post(`${path}/start`)).status).toBe(404);
  await robots.post(path);
  robots.clock.advance(4_000);
  expect((await robots.get(path)).json).toEqual({ status: 'ready', remote_user: 'root' });
  expect((await robots.post(`${path}/stop`)).json.error_message).toBe('add-on is not active.');
  await robots.post(`${path}/start`);
  expect((await robots.get(path)).json.status).toBe('active');
  expect((await robots.post(`${path}/stop`)).status).toBe(200);
});

it('refuses what is not supported, not written for, or not the caller’s', async () => {
  const id = await misty();
  const told = async (name: string, token = robots.token) => {
    const { status, json } = await robots.post(`/addon/${name}/${id}`, undefined, { token });
    return [status, json.error_message];
  };
  expect(await told('vscode')).toEqual([503, 'this instance does not support the `vscode` add-on']);
  const reader = await robots.issueToken({ user: 'cyclorama', claims: { sc: ['r'] } });
  expect(await told('cam', reader)).toEqual([400, 'token scope does not permit modifying this add-on']);
  expect(await told('cam', await robots.issueToken({ user: 'frodo' }))).toEqual([404, 'instance not found']);
});

it.each([
  ['observed', 200],
  ['documented', 400],
] as const)('on an ended instance (%s): %i', async (profile, status) => {
  const id = await misty(profile);
  await robots.post(`/terminate/${id}`);
  robots.clock.advance(10_000);
  expect((await robots.post(`/addon/cam/${id}`)).status).toBe(status);
});
