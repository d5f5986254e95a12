import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';

import { BookingPage } from './BookingPage.tsx';
import { showPage } from './robots.harness.tsx';

const booking = {
  id: 'b1',
  owner: 'ada',
  deploymentId: null,
  type: 'fixed_misty2',
  region: null,
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
    hostKeys: ['[10.0.0.1]:2210 ssh-ed25519 AAAA'],
  },
  failure: null,
};
const show = (over: object) =>
  showPage('/robots/bookings/$bookingId', '/robots/bookings/b1', BookingPage, 'operator', () => ({
    body: { ...booking, ...over },
  }));

it('says how to connect once the robot is ready', async () => {
  show({});
  const panel = await screen.findByRole('region', { name: 'How to connect' });
  expect(panel).toHaveTextContent('ssh -p 2210 root@10.0.0.1');
  expect(panel).toHaveTextContent('[10.0.0.1]:2210 ssh-ed25519 AAAA');
  expect(within(panel).getByRole('button', { name: 'Copy ssh command' })).toBeVisible();
});

it('says where a queued booking stands, and that there is no way in yet', async () => {
  show({ state: 'queued', connection: null, startedAt: null });
  const steps = await screen.findByRole('list', { name: 'Steps of the booking' });
  expect(within(steps).getAllByRole('listitem')[1]).toHaveAttribute('aria-current', 'step');
  expect(screen.getByText(/You wait in the queue/)).toBeVisible();
});

it('keeps the wish to terminate visible while starting', async () => {
  show({ state: 'starting', connection: null, terminationWished: true });
  expect(await screen.findByText('asked for; carried out as soon as it can be')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Terminate…' })).toHaveAccessibleDescription(/asked for already/);
});
