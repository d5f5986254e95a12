import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { showPage } from './robots.harness.tsx';
import type { Sent } from './robots.harness.tsx';
import { RobotsPage } from './RobotsPage.tsx';

const misty = '82051afa-b331-4b82-8bd4-9eea9ad78241';
const robot = (over: Partial<RobotDeployment>): RobotDeployment => ({
  id: misty,
  type: 'fixed_misty2',
  typeVersion: 1,
  region: 'us:cali',
  description: '',
  addons: ['cam'],
  queueLength: 0,
  online: true,
  lockedOut: false,
  instancesSoFar: 3,
  createdAt: null,
  ...over,
});
const booking = (over: Partial<Booking>): Booking => ({
  id: 'b1',
  owner: 'ada',
  deploymentId: misty,
  type: 'fixed_misty2',
  region: 'us:cali',
  state: 'ready',
  instanceId: 'i1',
  requestedAt: '2026-03-26T09:15:00Z',
  startedAt: '2026-03-26T09:16:00Z',
  endsAt: null,
  endedAt: null,
  vpn: false,
  terminationWished: false,
  connection: {
    host: '10.0.0.1',
    port: 2210,
    user: 'root',
    command: 'ssh -p 2210 root@10.0.0.1',
    hostKeys: [],
  },
  failure: null,
  ...over,
});
const deployments = [
  robot({}),
  robot({ id: 'b2051afa-b331-4b82-8bd4-9eea9ad78242', type: 'null', region: 'eu:berlin', online: false }),
];

let bookings: Booking[] = [];
beforeEach(() => {
  bookings = [];
});
function bff({ method, path }: Sent): { status?: number; body: unknown } {
  const freshness = { state: 'live', asOf: null, failingSince: null, reason: null };
  if (path === '/api/robots/deployments') {
    return { body: { freshness, deployments, types: ['fixed_misty2', 'null'] } };
  }
  return {
    body: method === 'POST' ? booking({ state: 'starting', connection: null }) : { freshness, bookings },
  };
}
const show = (address = '/robots', role: 'viewer' | 'operator' | 'admin' = 'operator', answer = bff) =>
  showPage('/robots', address, RobotsPage, role, answer);
const posted = (sent: Sent[]) => sent.filter(({ method }) => method === 'POST');

it('promises nothing about a queue of zero, and doesn’t let an offline robot be booked', async () => {
  show();
  const table = await screen.findByRole('table', { name: 'Robots' });
  expect(within(table).getAllByText('free when last read')).toHaveLength(2);
  const offline = within(table).getByRole('button', { name: 'Book null b2051afa' });
  expect(offline).toHaveAttribute('aria-disabled', 'true');
  expect(offline).toHaveAccessibleDescription(/^Offline/);
});

it('books one robot with the choices made, and shows the booking', async () => {
  const user = userEvent.setup();
  const { sent, router } = show();
  await user.click(await screen.findByRole('button', { name: 'Book fixed_misty2 82051afa' }));
  const dialog = await screen.findByRole('dialog', { name: 'Book a robot' });
  expect(dialog).toHaveTextContent('was free when last read; somebody may be quicker');
  await user.click(within(dialog).getByLabelText('Wait in the queue if it is busy'));
  await user.clear(within(dialog).getByLabelText('Time limit in minutes'));
  await user.type(within(dialog).getByLabelText('Time limit in minutes'), '30');
  await user.click(within(dialog).getByRole('button', { name: 'Book fixed_misty2 82051afa' }));
  await waitFor(() => expect(posted(sent)).toHaveLength(1));
  expect(posted(sent)[0]).toEqual({
    method: 'POST',
    path: '/api/bookings',
    body: { deploymentId: misty, reserve: true, vpn: false, expiresInSeconds: 1800 },
  });
  await waitFor(() => expect(router.state.location.pathname).toBe('/robots/bookings/b1'));
});

it('sends no private key', async () => {
  const user = userEvent.setup();
  const { sent } = show();
  await user.click(await screen.findByRole('button', { name: 'Book fixed_misty2 82051afa' }));
  const dialog = await screen.findByRole('dialog', { name: 'Book a robot' });
  await user.type(
    within(dialog).getByLabelText('Your SSH public key'),
    '-----BEGIN OPENSSH PRIVATE KEY-----',
  );
  expect(within(dialog).getByRole('alert')).toHaveTextContent('this is a private key');
  await user.click(within(dialog).getByRole('button', { name: 'Book fixed_misty2 82051afa' }));
  expect(posted(sent)).toHaveLength(0);
});

it('says in the dialog why a booking was refused', async () => {
  const user = userEvent.setup();
  const error = {
    code: 'conflict',
    message: 'The robot is busy.',
    hint: 'Nothing was booked.',
    requestId: 'r1',
  };
  show('/robots', 'operator', (request) =>
    request.method === 'POST' ? { status: 409, body: { error } } : bff(request),
  );
  await user.click(await screen.findByRole('button', { name: 'Book fixed_misty2 82051afa' }));
  const dialog = await screen.findByRole('dialog', { name: 'Book a robot' });
  await user.click(within(dialog).getByRole('button', { name: 'Book fixed_misty2 82051afa' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('The robot is busy.Nothing was booked.');
});

it('terminates only after asking, naming the robot', async () => {
  bookings = [booking({})];
  const user = userEvent.setup();
  const { sent } = show();
  expect(await screen.findByText('ssh -p 2210 root@10.0.0.1')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Terminate…' }));
  expect(await screen.findByRole('dialog', { name: 'Terminate fixed_misty2 82051afa?' })).toBeVisible();
  expect(posted(sent)).toHaveLength(0);
  await user.click(screen.getByRole('button', { name: 'Terminate fixed_misty2 82051afa' }));
  await waitFor(() => expect(posted(sent).map(({ path }) => path)).toEqual(['/api/bookings/b1/terminate']));
});

it('leaves the queue by cancelling the reservation', async () => {
  bookings = [booking({ state: 'queued', connection: null })];
  const user = userEvent.setup();
  const { sent } = show();
  await user.click(await screen.findByRole('button', { name: 'Leave the queue…' }));
  await user.click(await screen.findByRole('button', { name: 'Cancel the reservation' }));
  await waitFor(() => expect(posted(sent).map(({ path }) => path)).toEqual(['/api/bookings/b1/cancel']));
});

it('shows what nobody booked here apart, to be ended by an admin only', async () => {
  bookings = [booking({ owner: null })];
  show();
  const table = await screen.findByRole('table', { name: 'Not booked here' });
  expect(within(table).getByRole('button', { name: 'Terminate…' })).toHaveAccessibleDescription(
    /only an admin/,
  );
  expect(screen.getByText('Nobody holds a robot')).toBeVisible();
});

it('opens from its address with the filter as it was', async () => {
  show('/robots?region=eu%3Aberlin');
  expect(await screen.findByText('1 of 2 robots')).toBeVisible();
  expect(screen.getByLabelText('Region')).toHaveValue('eu:berlin');
});
