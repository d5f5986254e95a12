import type { Claim } from '@cyclorama/shared/claims.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { setServerClock } from '../../lib/server-clock.ts';
import { batch, resize } from '../../testing/builders/claims.ts';
import { refusal, upstream } from '../../testing/builders/common.ts';
import { posted, showPage } from '../../testing/show-page.tsx';
import type { Sent } from '../../testing/show-page.tsx';
import { claimedNow, claimsAnswer, iso, poolsAnswer, serverNow } from './functions.fixture.ts';
import { FunctionsPage } from './FunctionsPage.tsx';

let claims: Claim[] = [];
beforeEach(() => {
  claims = [];
  setServerClock(iso(serverNow()), Date.now());
});

function bff({ method, path }: Sent): { status?: number; body: unknown } {
  if (path === '/api/functions') return poolsAnswer;
  if (path === '/api/claim-batches') return { body: method === 'POST' ? batch() : { batches: [batch()] } };
  if (path.startsWith('/api/claim-batches/'))
    return { body: batch({ state: method === 'POST' ? 'stopping' : 'running' }) };
  if (path === '/api/claims/release-mine') return { body: { released: 2, failed: 1 } };
  if (method === 'POST') {
    const state = path.endsWith('/spawn') ? 'running' : 'claimed';
    claims = [claimedNow({ state })];
    return { body: claims[0] };
  }
  if (path.startsWith('/api/claims?')) return claimsAnswer(claims);
  return { body: { ...claims[0], transitions: [] } };
}
type Answer = (sent: Sent) => ReturnType<typeof bff> | Promise<ReturnType<typeof bff>>;
const show = (address = '/functions', role: 'viewer' | 'operator' = 'operator', answer: Answer = bff) =>
  showPage('/functions', address, FunctionsPage, role, answer);
const openRun = async (user: ReturnType<typeof userEvent.setup>) => {
  await user.click(await screen.findByRole('button', { name: 'Claim resize' }));
  return within(await screen.findByRole('dialog', { name: 'Claim an instance' }));
};

it('says how each pool is used, in numbers that add up', async () => {
  show();
  const pools = await screen.findByRole('table', { name: 'Pools' });
  const [head, row] = within(pools).getAllByRole('row');
  expect(
    within(head as HTMLElement)
      .getAllByRole('columnheader')
      .map(({ textContent }) => textContent),
  ).toEqual(['Function', 'Ours', 'By others', 'Idle', 'Instances', 'Use', 'Limits', 'Actions']);
  expect(
    within(row as HTMLElement)
      .getAllByRole('cell')
      .slice(1, 5)
      .map(({ textContent }) => textContent),
  ).toEqual(['1', '1', '2', '4']);
  expect(within(pools).getByRole('link', { name: '1 ours' })).toHaveAttribute(
    'href',
    `/functions?view=claims&container=${resize}`,
  );
  expect(row).toHaveTextContent('runs up to 10 min, waits up to 30 s, at most 6 instances');
});

it('claims, counts the ten seconds on the server’s clock, and spawns with the variables', async () => {
  const user = userEvent.setup();
  const { sent } = show();
  const dialog = await openRun(user);
  await user.click(dialog.getByRole('button', { name: 'Add variable' }));
  await user.type(dialog.getByLabelText('Name of variable 1'), 'JOB_ID');
  await user.type(dialog.getByLabelText('Value of JOB_ID'), '42');
  expect(dialog.getByLabelText('Value of JOB_ID')).toHaveAttribute('type', 'password');
  await user.click(dialog.getByRole('button', { name: 'Claim only' }));

  const spawn = await screen.findByRole('dialog', { name: 'Spawn resize' });
  expect(await within(spawn).findByText(/^(10|9|8) s left to spawn$/)).toBeVisible();
  await user.click(within(spawn).getByRole('button', { name: 'Spawn resize' }));
  expect(await within(spawn).findByText(/^Running with/)).toBeVisible();
  expect(posted(sent)).toEqual([
    { path: '/api/claims', body: { containerId: resize } },
    { path: '/api/claims/c1/spawn', body: { environmentVariables: { JOB_ID: '42' } } },
  ]);
  expect(JSON.stringify([localStorage, sessionStorage])).not.toContain('JOB_ID');
});

it('claims and spawns in one step, and has it released by itself', async () => {
  const user = userEvent.setup();
  const { sent } = show();
  const dialog = await openRun(user);
  await user.type(dialog.getByLabelText('Release after'), '2');
  expect(dialog.getByText(/Once spawned it is released 2 min after its start/)).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Claim and spawn resize' }));
  await waitFor(() =>
    expect(posted(sent)).toEqual([
      {
        path: '/api/claims',
        body: { containerId: resize, spawn: { environmentVariables: {} }, releaseAfterSeconds: 120 },
      },
    ]),
  );
});

it('shows the curl of a run without the values of its variables', async () => {
  const user = userEvent.setup();
  show();
  const dialog = await openRun(user);
  await user.click(dialog.getByRole('button', { name: 'Paste .env or JSON' }));
  await user.type(dialog.getByLabelText('Variables as .env lines or a JSON object'), 'KEY=hunter2');
  await user.click(dialog.getByRole('button', { name: 'Use variables' }));
  const curl = dialog.getByLabelText('curl command');
  expect(curl).toHaveTextContent('Authorization: Bearer $CYCLORAMA_TOKEN');
  expect(curl).toHaveTextContent('"KEY": "$KEY"');
  expect(curl).not.toHaveTextContent('hunter2');
});

it('shows a claim that waits, and gives it up', async () => {
  const user = userEvent.setup();
  let answer: (value: ReturnType<typeof bff>) => void = () => {};
  const { sent } = show('/functions', 'operator', (request) => {
    if (request.method === 'POST' && request.path === '/api/claims') {
      claims = [claimedNow({ state: 'requested', claimedAt: null, spawnBy: null, instanceId: null })];
      return new Promise((resolve) => (answer = resolve));
    }
    return request.method === 'POST' ? { body: claims[0] } : bff(request);
  });
  const dialog = await openRun(user);
  await user.click(dialog.getByRole('button', { name: 'Claim and spawn resize' }));
  expect(await dialog.findByText(/waiting for .* of at most 30 s/i)).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Stop waiting' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(posted(sent).at(-1)?.path).toBe('/api/claims/c1/cancel');
  answer({ body: claimedNow({ state: 'expired' }) });
});

it('starts more than one as a batch, follows it, and stops it with its open runs', async () => {
  const user = userEvent.setup();
  const { sent } = show();
  const dialog = await openRun(user);
  await user.clear(dialog.getByLabelText('Runs'));
  await user.type(dialog.getByLabelText('Runs'), '3');
  await user.click(dialog.getByRole('button', { name: 'Run resize 3 times' }));
  const progress = within(await screen.findByRole('dialog', { name: 'resize, 3 runs' }));
  expect(progress.getByText('3 of 3 started · 1 open · 1 done · 1 failed')).toBeVisible();
  expect(progress.getByText(/No instance became idle in time/)).toBeVisible();
  await user.click(progress.getByRole('button', { name: 'Stop…' }));
  const question = within(await screen.findByRole('dialog', { name: 'Stop batch of resize?' }));
  await user.click(question.getByRole('checkbox', { name: 'Also release the 1 open run' }));
  await user.click(question.getByRole('button', { name: 'Stop batch' }));
  await waitFor(() =>
    expect(posted(sent)).toEqual([
      {
        path: '/api/claim-batches',
        body: { containerId: resize, count: 3, concurrency: 4, environmentVariables: {} },
      },
      { path: '/api/claim-batches/b1/stop', body: { release: true } },
    ]),
  );
});

it('shows a refusal where the person acted, with what to do next', async () => {
  const user = userEvent.setup();
  show('/functions', 'operator', (request) => {
    if (request.method !== 'POST') return bff(request);
    const hint = 'Nothing was claimed. Try again later.';
    return { status: 502, body: refusal('upstream-refused', 'No instance became idle in time.', { hint }) };
  });
  const dialog = await openRun(user);
  await user.click(dialog.getByRole('button', { name: 'Claim only' }));
  const alert = await dialog.findByRole('alert');
  expect(alert).toHaveTextContent('No instance became idle in time.');
  expect(alert).toHaveTextContent('Nothing was claimed. Try again later.');
  expect(alert).toHaveTextContent('req-1');
});

it('says that a run may have been started where no answer came', async () => {
  const user = userEvent.setup();
  const { router } = show('/functions', 'operator', (request) => {
    if (request.method === 'POST') throw new TypeError('Failed to fetch');
    return bff(request);
  });
  const dialog = await openRun(user);
  await user.click(dialog.getByRole('button', { name: 'Claim only' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('The dashboard can’t be reached.');
  await user.click(dialog.getByRole('link', { name: 'your open claims' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ view: 'claims', who: 'mine' }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('releases all of mine only once that is typed, and says what failed', async () => {
  const user = userEvent.setup();
  const { sent } = show();
  await user.click(await screen.findByRole('button', { name: 'Release my claims…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Release my claims?' }));
  await user.selectOptions(dialog.getByLabelText('Function'), 'resize');
  await user.click(dialog.getByRole('button', { name: 'Release my claims' }));
  expect(posted(sent)).toEqual([]);
  await user.type(dialog.getByRole('textbox'), 'release all');
  await user.click(dialog.getByRole('button', { name: 'Release my claims' }));
  expect(await screen.findByText('2 claims released or being released.')).toBeVisible();
  expect(screen.getByRole('alert')).toHaveTextContent('1 claim not released');
  expect(posted(sent)).toEqual([{ path: '/api/claims/release-mine', body: { containerId: resize } }]);
});

it('leaves actions visible but off for a viewer, with the reason', async () => {
  show('/functions', 'viewer');
  const adopt = await screen.findByRole('button', { name: 'Adopt an instance of resize' });
  for (const button of [
    adopt,
    screen.getByRole('button', { name: 'Claim…' }),
    screen.getByRole('button', { name: 'Release my claims…' }),
  ]) {
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(button).toHaveAccessibleDescription(/^View-only access/);
  }
});

it('offers no claim where the scheduler was never set up, and says so', async () => {
  const notSetUp = upstream({ state: 'unconfigured' });
  show('/functions', 'operator', (sent) =>
    sent.path === '/api/upstreams' ? { body: { upstreams: [notSetUp] } } : bff(sent),
  );
  expect(await screen.findByText('Claims are not set up')).toBeVisible();
  for (const name of ['Claim…', 'Claim resize', 'Adopt an instance of resize']) {
    expect(screen.getByRole('button', { name })).toHaveAccessibleDescription('Claims are not set up.');
  }
});

it('shows under the pools what the person holds, and asks for nobody else’s', async () => {
  claims = [claimedNow({ state: 'running', spawnedAt: iso(serverNow()) })];
  const { sent } = show();
  const mine = within(await screen.findByRole('table', { name: 'My claims' }));
  expect(mine.getByRole('button', { name: 'Release…' })).toBeVisible();
  expect(sent.map(({ path }) => path)).toContain('/api/claims?state=open&owner=ada&limit=500');
});

it('draws how long the runs of a function took', async () => {
  show(`/functions?view=durations&container=${resize}`, 'viewer', (request) =>
    request.path === `/api/functions/${resize}/durations`
      ? { body: { runs: [{ claimId: 'c1', at: iso(serverNow()), queue: 1, start: 2, run: 60 }] } }
      : bff(request),
  );
  const run = within(await screen.findByRole('region', { name: 'Run' }));
  expect(run.getByRole('img', { name: /the last 1 run, oldest first; median 1 min/ })).toBeVisible();
  expect(screen.getByRole('region', { name: 'Queue' })).toHaveTextContent('longest 1 s');
});

it('says what failed to be read, and offers to try again', async () => {
  show('/functions', 'operator', (request) =>
    request.path === '/api/functions'
      ? { status: 500, body: refusal('internal', 'It broke.') }
      : bff(request),
  );
  expect(await screen.findByText('It broke.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});
