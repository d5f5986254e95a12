import { createHash } from 'node:crypto';

import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');
const works = async (token: string) => (await robots.get('/instances', { token })).status === 200;

it('issues RS256 tokens whose sub is the user', async () => {
  robots = await startRerobots({ userName: 'ada' });
  expect(decodeProtectedHeader(robots.token)).toEqual({ typ: 'JWT', alg: 'RS256' });
  const claims = decodeJwt(robots.token);
  expect(claims).toEqual({
    sub: 'ada',
    iss: 'rerobots.net',
    aud: 'rerobots.net',
    nbf: robots.clock.now() / 1000,
  });
});

it.each(['observed', 'documented'] as const)('issues another token each time (%s)', async (profile) => {
  robots = await startRerobots({ profile });
  const tokens = await Promise.all(
    Array.from({ length: 3 }, () => robots.issueToken({ user: robots.userName })),
  );
  expect(new Set([robots.token, ...tokens]).size).toBe(4);
  await robots.post(`/revoke/${sha256(tokens[0] ?? '')}`);
  expect(await Promise.all(tokens.map(works))).toEqual([false, true, true]);
});

it('downgrades a bad token to anonymous on public routes and refuses it elsewhere', async () => {
  robots = await startRerobots();
  const refused = await robots.get('/instances', { token: 'deadbeef' });
  expect([refused.status, refused.text, refused.headers['content-type']]).toEqual([
    400,
    '{"error_message": "wrong authorization token"}',
    'application/json',
  ]);
  const open = await robots.get('/workspaces', { token: 'deadbeef' });
  expect([open.status, open.headers['x-ratelimit-limit']]).toEqual([200, '60']);
  const launch = await robots.post('/new/null', {}, { token: null });
  expect(launch.headers['content-type']).toBe('application/json; charset=utf-8');
  const brief = await robots.issueToken({ user: 'cyclorama', lifetimeSeconds: 60 });
  expect(await works(brief)).toBe(true);
  robots.clock.advance(61_000);
  expect(await works(brief)).toBe(false);
});

it('revokes by hash, known or not, but only tokens of the same user', async () => {
  robots = await startRerobots();
  const [mine, theirs] = [
    await robots.issueToken({ user: 'cyclorama', lifetimeSeconds: 900 }),
    await robots.issueToken({ user: 'frodo' }),
  ];
  for (const token of [mine, theirs]) {
    const answer = await robots.post(`/revoke/${sha256(token)}`);
    expect([answer.status, answer.text]).toEqual([200, '']);
  }
  expect([await works(mine), await works(theirs)]).toEqual([false, true]);
  const anonymous = await robots.post(`/revoke/${sha256(mine)}`, undefined, { token: null });
  expect([anonymous.status, anonymous.json.error_message]).toEqual([400, 'authentication failed']);
  robots.happen({ kind: 'token.revoke' });
  expect(await works(robots.token)).toBe(false);
});

it.each([
  ['observed', true],
  ['documented', false],
] as const)('purge (%s): a token never used survives: %s', async (profile, survives) => {
  robots = await startRerobots({ profile });
  const unused = await robots.issueToken({ user: 'cyclorama', lifetimeSeconds: 900 });
  const used = await robots.issueToken({ user: 'cyclorama', lifetimeSeconds: 800 });
  expect(await works(used)).toBe(true);
  expect((await robots.post('/purge')).text).toBe('');
  expect([await works(robots.token), await works(used), await works(unused)]).toEqual([
    false,
    false,
    survives,
  ]);
});

it('answers 400 to another version only as documented', async () => {
  robots = await startRerobots({ profile: 'documented' });
  const statusOf = (version: string) =>
    robots.get('/', { accept: `application/vnd.rerobots.${version}+json` }).then(({ status }) => status);
  expect([await statusOf('v1'), await statusOf('v99')]).toEqual([200, 400]);
  await robots.stop();
  robots = await startRerobots();
  expect(await statusOf('v99')).toBe(200);
});
