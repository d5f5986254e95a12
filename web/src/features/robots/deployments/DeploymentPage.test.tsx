import type { DeploymentDetail } from '@cyclorama/shared/robot-fleet.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import { live } from '../../../testing/builders/common.ts';
import { booking, deployment, deploymentDetail, misty } from '../../../testing/builders/robots.ts';
import { changes, showPage } from '../../../testing/show-page.tsx';
import type { Sent } from '../../../testing/show-page.tsx';
import { DeploymentPage } from './DeploymentPage.tsx';

const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const queued = deployment({ type: 'misty', typeVersion: 2, queueLength: 2 });
const other = deployment({ id: '5c9ba1d0-0000-4000-8000-000000000000', type: 'misty' });
const detail = deploymentDetail({
  deployment: queued,
  forecast: { lowSeconds: 240, highSeconds: 1200, chance: 0.8, basis: 37 },
  queueHistory: { times: [minutesAgo(60), minutesAgo(30), minutesAgo(15)], lengths: [0, null, 2] },
});
const show = (over: Partial<DeploymentDetail> = {}) => {
  let watching = false;
  return showPage(
    '/robots/deployments/$deploymentId',
    `/robots/deployments/${misty}`,
    DeploymentPage,
    'operator',
    ({ method, path }: Sent) => {
      if (path.endsWith('/watch')) {
        watching = method === 'POST';
        return { body: { watching } };
      }
      if (path === '/api/robots/deployments') {
        return { body: { freshness: live, deployments: [queued, other], types: ['misty'] } };
      }
      return { body: { ...detail, watching, ...over } };
    },
  );
};

it('says what waiting for this robot means, and draws its queue with the same as a table', async () => {
  show();
  expect(
    await screen.findByText('80 % of similar waits ended within 4–20 min; 37 recorded waits.'),
  ).toBeVisible();
  await userEvent.click(screen.getByRole('tab', { name: 'Telemetry' }));
  expect(screen.getByRole('img', { name: /^Queue length since .+ longest queue 2\.$/ })).toBeVisible();
  await userEvent.click(screen.getByText('Show as table'));
  const rows = within(screen.getByRole('table', { name: 'Queue length over time' })).getAllByRole('row');
  expect(rows.slice(1).map((row) => within(row).getAllByRole('cell')[2]?.textContent)).toEqual([
    '2 (in use, up to 1 waiting)',
    'not read',
    '0 (free when last read)',
  ]);
});

it('claims nothing where too little was recorded', async () => {
  show({ forecast: null, queueHistory: { times: [], lengths: [] } });
  expect(await screen.findByText(/^Too few recorded waits/)).toBeVisible();
  await userEvent.click(screen.getByRole('tab', { name: 'Telemetry' }));
  expect(screen.getByText('Nothing recorded yet.')).toBeVisible();
});

it('names who of the team had it and until when, and the robots that could be had instead', async () => {
  show({
    bookings: [booking({ owner: 'ada', state: 'ready', startedAt: inMinutes(-30), endsAt: inMinutes(61) })],
  });
  const row = within(await screen.findByRole('table', { name: 'Bookings of this robot' })).getAllByRole(
    'row',
  )[1];
  expect(row).toHaveTextContent(/^ada30 min ago.*in 1 h.*Ready/);
  await userEvent.click(screen.getByRole('tab', { name: 'Relations' }));
  expect(await screen.findByRole('link', { name: 'misty 5c9ba1d0' })).toBeVisible();
});

it('watches until it is free, and stops watching', async () => {
  const { sent } = show();
  await userEvent.click(await screen.findByRole('button', { name: 'Notify when free' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Stop watching' }));
  expect(await screen.findByRole('button', { name: 'Notify when free' })).toBeVisible();
  await waitFor(() => expect(changes(sent).map(({ method }) => method)).toEqual(['POST', 'DELETE']));
});

it('books this robot', async () => {
  show();
  await userEvent.click(await screen.findByRole('button', { name: 'Book misty 82051afa…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Book a robot' }));
  expect(dialog.getByLabelText('Robot')).toHaveValue(misty);
});
