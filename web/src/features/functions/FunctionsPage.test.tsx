import type { Claim, FunctionPool } from '@cyclorama/shared/claims.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { setServerClock } from '../../lib/server-clock.ts';
import { showPage } from '../../testing/show-page.tsx';
import type { Sent } from '../../testing/show-page.tsx';
import { FunctionsPage } from './FunctionsPage.tsx';

const resize = '651586fca6078e98982d0103';
// The server's clock is an hour ahead of this browser's: deadlines must be counted on the server's.
const serverNow = () => Date.now() + 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();
const pool: FunctionPool = {
  containerId: resize,
  name: 'resize',
  enabled: true,
  instances: 4,
  ours: 1,
  others: 1,
  idle: 2,
  maxPoolSize: 6,
  maxRuntimeSeconds: 600,
  maxQueueTimeSeconds: 30,
};
const claimed = (over: Partial<Claim> = {}): Claim => ({
  id: 'c1',
  containerId: resize,
  containerName: 'resize',
  instanceId: '651586fca6078e98982d0202',
  state: 'claimed',
  owner: 'ada',
  requestedAt: iso(serverNow()),
  spawnBy: iso(serverNow() + 10_000),
  claimedAt: iso(serverNow()),
  spawnedAt: null,
  runsUntil: null,
  endedAt: null,
  releaseAt: null,
  batchId: null,
  retryOf: null,
  adopted: false,
  variableNames: [],
  failure: null,
  ...over,
});

let claims: Claim[] = [];
beforeEach(() => {
  claims = [];
  setServerClock(iso(serverNow()), Date.now());
});

function bff({ method, path }: Sent): { status?: number; body: unknown } {
  const fresh = { state: 'live', asOf: null, failingSince: null, reason: null };
  if (path === '/api/functions') return { body: { freshness: fresh, pools: [pool] } };
  if (method === 'POST') {
    const state = path.endsWith('/spawn') ? 'running' : path.endsWith('/release') ? 'released' : 'claimed';
    claims = [claimed({ state })];
    return { body: claims[0] };
  }
  if (path.startsWith('/api/claims?'))
    return { body: { claims, nextBefore: null, serverTime: iso(serverNow()) } };
  return { body: { ...claims[0], transitions: [] } };
}
const show = (address = '/functions', role: 'viewer' | 'operator' = 'operator', answer = bff) =>
  showPage('/functions', address, FunctionsPage, role, answer);
const posted = (sent: Sent[]) => sent.filter(({ method }) => method === 'POST');

it('says how each pool is used, in words', async () => {
  show();
  const pools = await screen.findByRole('region', { name: 'Pools' });
  expect(await within(pools).findByText('1 ours')).toBeVisible();
  expect(pools).toHaveTextContent('1 others’ · 2 idle of 4 instances, at most 6');
  expect(pools).toHaveTextContent('runs 10 min at most');
});

it('claims, counts the ten seconds on the server’s clock, and spawns with the variables', async () => {
  const user = userEvent.setup();
  const { sent } = show();
  await user.click(await screen.findByRole('button', { name: 'Claim resize' }));
  const dialog = await screen.findByRole('dialog', { name: 'Claim an instance' });
  await user.click(within(dialog).getByRole('button', { name: 'Add a variable' }));
  await user.type(within(dialog).getByLabelText('Name of variable 1'), 'JOB_ID');
  await user.type(within(dialog).getByLabelText('Value of JOB_ID'), '42');
  expect(within(dialog).getByLabelText('Value of JOB_ID')).toHaveAttribute('type', 'password');
  await user.click(within(dialog).getByRole('button', { name: 'Claim only' }));

  const spawn = await screen.findByRole('dialog', { name: 'Spawn resize' });
  expect(await within(spawn).findByText(/^(10|9|8) s left to spawn$/)).toBeVisible();
  await user.click(within(spawn).getByRole('button', { name: 'Spawn resize' }));
  expect(await within(spawn).findByText(/^It runs with/)).toBeVisible();
  expect(posted(sent).map(({ path, body }) => ({ path, body }))).toEqual([
    { path: '/api/claims', body: { containerId: resize } },
    { path: '/api/claims/c1/spawn', body: { environmentVariables: { JOB_ID: '42' } } },
  ]);
  expect(JSON.stringify([localStorage, sessionStorage])).not.toContain('JOB_ID');
});

it('claims and spawns in one step', async () => {
  const user = userEvent.setup();
  const { sent } = show();
  await user.click(await screen.findByRole('button', { name: 'Claim resize' }));
  await user.click(await screen.findByRole('button', { name: 'Claim and spawn resize' }));
  await waitFor(() => expect(posted(sent)).toHaveLength(1));
  expect(posted(sent)[0]?.body).toEqual({ containerId: resize, spawn: { environmentVariables: {} } });
});

it('shows a refusal where the person acted, with what to do next', async () => {
  const user = userEvent.setup();
  show('/functions', 'operator', (request) => {
    if (request.method !== 'POST') return bff(request);
    const error = {
      code: 'upstream-refused',
      message: 'No instance became idle in time.',
      hint: 'Nothing was claimed. Try again later.',
      requestId: 'req-1',
    };
    return { status: 502, body: { error } };
  });
  await user.click(await screen.findByRole('button', { name: 'Claim resize' }));
  const dialog = await screen.findByRole('dialog', { name: 'Claim an instance' });
  await user.click(within(dialog).getByRole('button', { name: 'Claim only' }));
  const alert = await within(dialog).findByRole('alert');
  expect(alert).toHaveTextContent('No instance became idle in time.');
  expect(alert).toHaveTextContent('Nothing was claimed. Try again later.');
  expect(alert).toHaveTextContent('req-1');
});

it('releases only after asking, and tells the viewer why not', async () => {
  claims = [claimed({ state: 'running', spawnedAt: iso(serverNow()) })];
  const user = userEvent.setup();
  const { sent } = show();
  await user.click(await screen.findByRole('button', { name: 'Release…' }));
  expect(posted(sent)).toHaveLength(0);
  await user.click(await screen.findByRole('button', { name: 'Release resize' }));
  await waitFor(() => expect(posted(sent).map(({ path }) => path)).toEqual(['/api/claims/c1/release']));
});

it('leaves actions visible but off for a viewer, with the reason', async () => {
  claims = [claimed({ state: 'running', owner: 'ada' })];
  show('/functions', 'viewer');
  const release = await screen.findByRole('button', { name: 'Release…' });
  expect(release).toHaveAttribute('aria-disabled', 'true');
  expect(release).toHaveAccessibleDescription(/operator role/);
  expect(screen.getByRole('button', { name: 'Claim…' })).toHaveAccessibleDescription(/operator role/);
});

it('keeps the filter in the address', async () => {
  claims = [claimed({ id: 'c1' }), claimed({ id: 'c2', owner: 'bob' })];
  const user = userEvent.setup();
  const { router } = show();
  expect(await screen.findByText('2 claims')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Mine' }));
  expect(await screen.findByText('1 of 2 claims')).toBeVisible();
  expect(router.state.location.search).toEqual({ who: 'mine' });
});

it('says what failed to be read, and offers to try again', async () => {
  show('/functions', 'operator', (request) =>
    request.path === '/api/functions'
      ? { status: 500, body: { error: { code: 'internal', message: 'It broke.', requestId: 'req-2' } } }
      : bff(request),
  );
  expect(await screen.findByText('It broke.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});
