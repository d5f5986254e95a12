import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';

import { showPage } from '../../testing/show-page.tsx';
import { ClaimPage } from './ClaimPage.tsx';

const detail = {
  id: 'c1',
  containerId: '651586fca6078e98982d0103',
  containerName: 'resize',
  instanceId: null,
  state: 'refused',
  owner: 'ada',
  requestedAt: '2026-03-26T09:15:00Z',
  spawnBy: null,
  claimedAt: null,
  spawnedAt: null,
  runsUntil: null,
  endedAt: '2026-03-26T09:15:30Z',
  releaseAt: null,
  batchId: null,
  retryOf: null,
  adopted: false,
  variableNames: ['JOB_ID'],
  failure: { code: 'not-available', message: 'No instance became idle within 30 s.' },
  transitions: [
    {
      at: '2026-03-26T09:15:00Z',
      from: null,
      to: 'requested',
      actor: 'ada',
      cause: 'asked for',
      answer: null,
    },
    {
      at: '2026-03-26T09:15:30Z',
      from: 'requested',
      to: 'refused',
      actor: null,
      cause: 'no idle instance',
      answer: '504 504.not-available',
    },
  ],
};

it('tells a claim’s whole story: what failed, each step, the upstream’s answers', async () => {
  showPage('/functions/claims/$claimId', '/functions/claims/c1', ClaimPage, 'operator', ({ path }) => ({
    body:
      path === '/api/claims/c1'
        ? detail
        : { claims: [], nextBefore: null, serverTime: '2026-03-26T09:16:00Z' },
  }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Claim on resize' })).toBeVisible();
  expect(screen.getByText('No instance became idle within 30 s.')).toBeVisible();
  expect(screen.getByText('JOB_ID')).toBeVisible();
  const steps = within(screen.getByRole('region', { name: 'What happened' })).getAllByRole('listitem');
  expect(steps).toHaveLength(2);
  expect(steps[1]).toHaveTextContent(/Refused.*after 30 s.*no idle instance.*504 504.not-available/);
  expect(screen.queryByRole('button', { name: 'Release…' })).not.toBeInTheDocument();
});
