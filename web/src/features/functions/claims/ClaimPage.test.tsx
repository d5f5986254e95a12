import type { Claim, ClaimDetail } from '@cyclorama/shared/claims.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { setServerClock } from '../../../lib/server-clock.ts';
import { refusal } from '../../../testing/builders/common.ts';
import { posted, showPage } from '../../../testing/show-page.tsx';
import type { Sent } from '../../../testing/show-page.tsx';
import { claimedNow, claimsAnswer, iso, poolsAnswer, serverNow } from '../functions.fixture.ts';
import { ClaimPage } from './ClaimPage.tsx';

beforeEach(() => setServerClock(iso(serverNow()), Date.now()));

const step = { from: null, actor: null, answer: null };
const transitions: ClaimDetail['transitions'] = [
  { ...step, at: '2026-03-26T09:15:00Z', to: 'requested', actor: 'ada', cause: 'asked for' },
  {
    ...step,
    at: '2026-03-26T09:15:30Z',
    to: 'refused',
    cause: 'no idle instance',
    answer: '504 504.not-available',
  },
];
const refused = claimedNow({
  state: 'refused',
  instanceId: null,
  spawnBy: null,
  claimedAt: null,
  variableNames: ['JOB_ID'],
  failure: { code: 'not-available', message: 'No instance became idle within 30 s.' },
});

function show(
  claim: Claim,
  role: 'viewer' | 'operator' = 'operator',
  post: { status?: number; body: unknown } = { body: claim },
) {
  const answer = ({ method, path }: Sent) => {
    if (method === 'POST') return post;
    if (path === '/api/functions') return poolsAnswer;
    if (path.includes('q=')) return claimsAnswer([claimedNow({ id: 'c7', retryOf: claim.id }), claim]);
    return { body: { ...claim, transitions } };
  };
  return showPage('/functions/claims/$claimId', `/functions/claims/${claim.id}`, ClaimPage, role, answer);
}
const fact = async (name: string) =>
  (await screen.findByText(name, { selector: 'dt' })).nextElementSibling as HTMLElement;

it('tells a claim’s whole story: what failed, each step, the upstream’s answers', async () => {
  const user = userEvent.setup();
  show(refused);
  expect(await screen.findByRole('heading', { level: 1, name: 'Claim on resize' })).toBeVisible();
  expect(screen.getByText('No instance became idle within 30 s.')).toBeVisible();
  expect(screen.getByText('JOB_ID')).toBeVisible();
  await user.click(screen.getByRole('tab', { name: 'Events' }));
  const steps = within(screen.getByRole('region', { name: 'Timeline' })).getAllByRole('listitem');
  expect(steps).toHaveLength(2);
  expect(steps[1]).toHaveTextContent(/Refused.*after 30 s.*no idle instance.*504 504.not-available/);
  expect(screen.queryByRole('button', { name: 'Release…' })).not.toBeInTheDocument();
});

it('leads to what it runs on, to its retries and to the same for a script', async () => {
  const user = userEvent.setup();
  show(refused);
  await user.click(await screen.findByRole('tab', { name: 'Relations' }));
  const runsOn = within(await screen.findByRole('region', { name: /^Runs on/ }));
  expect(runsOn.getByRole('link', { name: 'resize' })).toHaveAttribute(
    'href',
    `/containers/${refused.containerId}`,
  );
  expect(
    within(await screen.findByRole('region', { name: /^Retried by/ })).getByRole('link'),
  ).toHaveAttribute('href', '/functions/claims/c7');
  await user.click(screen.getByRole('tab', { name: 'Raw' }));
  expect(screen.getByText(/"cause": "no idle instance"/)).toBeVisible();
  expect(screen.getByText(/curl .*\/api\/claims\/c1/)).toBeInTheDocument();
});

it('links a failed claim with the later try of it', async () => {
  show(refused);
  const link = await within(await fact('Retries')).findByRole('link', { name: 'c7' });
  expect(link).toHaveAttribute('href', '/functions/claims/c7');
});

it('links a try with the claim it repeats, and a run with its batch', async () => {
  show(claimedNow({ state: 'running', retryOf: 'c0' }));
  expect(within(await fact('Origin')).getByRole('link', { name: 'c0' })).toHaveAttribute(
    'href',
    '/functions/claims/c0',
  );
});

it('leads from a run to its batch', async () => {
  show(claimedNow({ state: 'running', batchId: 'b1' }));
  expect(within(await fact('Origin')).getByRole('link', { name: 'b1' })).toHaveAttribute(
    'href',
    '/functions?view=claims&batch=b1',
  );
});

it('counts down to its limit and to the release its owner chose', async () => {
  show(
    claimedNow({
      state: 'running',
      runsUntil: iso(serverNow() + 600_500),
      releaseAt: iso(serverNow() + 90_500),
    }),
  );
  expect(await fact('State')).toHaveTextContent(/released in 1 min 3\d s/);
  expect(await fact('Run-time limit')).toHaveTextContent(/10 min/);
  expect(await fact('Automatic release')).toHaveTextContent(/1 min/);
});

it('reveals token and variables only when told to, and says that it is on record', async () => {
  const user = userEvent.setup();
  const { sent, client } = show(claimedNow({ state: 'running' }), 'operator', {
    body: { token: 'tok-en', environmentVariables: { JOB_ID: '42' } },
  });
  await user.click(await screen.findByRole('button', { name: 'Reveal…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Token and variables' }));
  expect(dialog.getByText(/recorded in the activity log/)).toBeVisible();
  expect(posted(sent)).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Show token and variables' }));
  expect(await dialog.findByText('tok-en')).toBeVisible();
  expect(dialog.getByText('42')).toBeVisible();
  expect(posted(sent)).toEqual([{ path: '/api/claims/c1/reveal', body: {} }]);
  await user.click(dialog.getByRole('button', { name: 'Hide and close' }));
  expect(screen.queryByText('tok-en')).not.toBeInTheDocument();
  await waitFor(() => expect(client.getMutationCache().getAll()).toEqual([]));
});

it('says in the dialog why nothing can be revealed', async () => {
  const user = userEvent.setup();
  const message = 'This claim is over; its token and variables were deleted.';
  show(refused, 'operator', {
    status: 409,
    body: refusal('not-allowed-now', message),
  });
  await user.click(await screen.findByRole('button', { name: 'Reveal…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Show token and variables' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent(message);
});

it('lets only the owner or an admin reveal and act', async () => {
  show(claimedNow({ state: 'running', owner: 'bob' }));
  for (const name of ['Reveal…', 'Release…']) {
    const button = await screen.findByRole('button', { name });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(button).toHaveAccessibleDescription(/Only bob or an admin/);
  }
});
