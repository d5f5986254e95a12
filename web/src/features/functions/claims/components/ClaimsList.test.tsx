import type { Claim } from '@cyclorama/shared/claims.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { setServerClock } from '../../../../lib/server-clock.ts';
import { resize } from '../../../../testing/builders/claims.ts';
import { refusal } from '../../../../testing/builders/common.ts';
import { posted, showPage } from '../../../../testing/show-page.tsx';
import type { Sent } from '../../../../testing/show-page.tsx';
import { claimedNow, claimsAnswer, iso, poolsAnswer, serverNow } from '../../functions.fixture.ts';
import { FunctionsPage } from '../../FunctionsPage.tsx';

let claims: Claim[] = [];
beforeEach(() => {
  claims = [];
  setServerClock(iso(serverNow()), Date.now());
});

/** Filters by owner and state, two claims per page. */
function bff({ method, path }: Sent): { status?: number; body: unknown } {
  if (path === '/api/functions') return poolsAnswer;
  if (method === 'POST') return { body: claims[0] };
  if (!path.startsWith('/api/claims?')) return { body: { ...claims[0], transitions: [] } };
  const query = new URL(path, 'http://dashboard').searchParams;
  const fitting = claims.filter(({ owner }) => query.get('owner') === null || owner === query.get('owner'));
  const from = fitting.findIndex(({ id }) => id === query.get('before')) + 1;
  const page = fitting.slice(from, from + 2);
  return claimsAnswer(page, from + 2 < fitting.length ? (page.at(-1)?.id ?? null) : null);
}
const show = (address = '/functions?view=claims', role: 'viewer' | 'operator' = 'operator', answer = bff) =>
  showPage('/functions', address, FunctionsPage, role, answer);
const rowOf = async (name: RegExp) => within(await screen.findByRole('row', { name }));

it('asks for what the address says, and exports the same', async () => {
  const address = `/functions?state=ended&container=${resize}&batch=b1&owner=bob&q=idle`;
  const { sent } = show(address);
  const link = await screen.findByRole('link', { name: 'Export CSV' });
  const filter = `state=ended&owner=bob&containerId=${resize}&batchId=b1&q=idle`;
  expect(sent.map(({ path }) => path)).toContain(`/api/claims?${filter}&limit=200`);
  expect(link).toHaveAttribute('href', `/api/claims/export?${filter}&format=csv`);
  expect(link).toHaveAttribute('download');
  expect(screen.getByRole('link', { name: 'Export JSON' })).toHaveAttribute(
    'href',
    `/api/claims/export?${filter}&format=json`,
  );
});

it('keeps the filter in the address', async () => {
  claims = [claimedNow(), claimedNow({ id: 'c2', owner: 'bob' })];
  const user = userEvent.setup();
  const { router } = show();
  expect(await screen.findByText('2 claims')).toBeVisible();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Owner' }), 'bob');
  expect(await screen.findByText('1 claim')).toBeVisible();
  expect(router.state.location.search).toEqual({ view: 'claims', owner: 'bob' });
  await user.click(screen.getByRole('button', { name: 'Mine' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ view: 'claims', who: 'mine' }));
});

it('leads from the pools to the claims and back, in the address', async () => {
  const user = userEvent.setup();
  const { router } = show('/functions');
  expect(await screen.findByRole('table', { name: 'Pools' })).toBeVisible();
  await user.click(screen.getByRole('tab', { name: 'Claims' }));
  expect(await screen.findByText('No open claims')).toBeVisible();
  expect(router.state.location.search).toEqual({ view: 'claims' });
});

it('loads older claims when asked to', async () => {
  claims = ['c1', 'c2', 'c3'].map((id) => claimedNow({ id }));
  const user = userEvent.setup();
  show();
  expect(await screen.findByText('2+ claims')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Load older claims' }));
  expect(await screen.findByText('3 claims')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Load older claims' })).not.toBeInTheDocument();
});

it('releases only after asking', async () => {
  claims = [claimedNow({ state: 'running', spawnedAt: iso(serverNow()) })];
  const user = userEvent.setup();
  const { sent } = show();
  await user.click((await rowOf(/running/i)).getByRole('button', { name: 'Release…' }));
  expect(posted(sent)).toEqual([]);
  await user.click(await screen.findByRole('button', { name: 'Release resize' }));
  await waitFor(() => expect(posted(sent)).toEqual([{ path: '/api/claims/c1/release', body: {} }]));
});

it('gives up one that waits', async () => {
  claims = [claimedNow({ state: 'requested', spawnBy: null, claimedAt: null, instanceId: null })];
  const user = userEvent.setup();
  const { sent } = show();
  await user.click((await rowOf(/waiting for/i)).getByRole('button', { name: 'Stop waiting…' }));
  await user.click(await screen.findByRole('button', { name: 'Stop waiting' }));
  await waitFor(() => expect(posted(sent)).toEqual([{ path: '/api/claims/c1/cancel', body: {} }]));
});

it('tries a failed one again and leads to the new claim', async () => {
  claims = [claimedNow({ state: 'expired', variableNames: ['A', 'B'] })];
  const user = userEvent.setup();
  const { sent, router } = show('/functions?state=ended');
  await user.click((await rowOf(/expired/i)).getByRole('button', { name: 'Retry…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Try resize again?' }));
  expect(dialog.getByText(/with the same 2 variables/)).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Try resize again' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/functions/claims/c1'));
  expect(posted(sent)).toEqual([{ path: '/api/claims/c1/retry', body: {} }]);
});

it('says in the dialog why a retry was refused', async () => {
  claims = [claimedNow({ state: 'refused', failure: { code: 'x', message: 'No instance became idle.' } })];
  const user = userEvent.setup();
  const message = 'Its variables were deleted seven days after its end.';
  show('/functions?state=ended', 'operator', (request) =>
    request.method === 'POST' ? { status: 409, body: refusal('not-allowed-now', message) } : bff(request),
  );
  await user.click((await rowOf(/refused/i)).getByRole('button', { name: 'Retry…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Try resize again' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent(message);
});

it('counts down to the release its owner chose', async () => {
  claims = [
    claimedNow({
      state: 'running',
      runsUntil: iso(serverNow() + 600_000),
      releaseAt: iso(serverNow() + 90_000),
    }),
  ];
  show();
  expect(await screen.findByText(/^released in 1 min (30|29|28) s$/)).toBeVisible();
});

it('leaves actions visible but off for a viewer, with the reason', async () => {
  claims = [claimedNow({ state: 'running' })];
  show('/functions?view=claims', 'viewer');
  const release = (await rowOf(/running/i)).getByRole('button', { name: 'Release…' });
  expect(release).toHaveAttribute('aria-disabled', 'true');
  expect(release).toHaveAccessibleDescription(/^View-only access/);
});
