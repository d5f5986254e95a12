import { firewallRule } from '@cyclorama/shared/robot-access.ts';
import type { FirewallResponse } from '@cyclorama/shared/robot-access.ts';
import type { Booking } from '@cyclorama/shared/robots.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { live } from '../../../testing/builders/common.ts';
import { connection, readyBooking } from '../../../testing/builders/robots.ts';
import { showPage } from '../../../testing/show-page.tsx';
import type { Sent } from '../../../testing/show-page.tsx';
import { rememberKeyFile } from '../keys/key-file.store.ts';
import { BookingPage } from './BookingPage.tsx';

const held = readyBooking({
  deploymentId: null,
  connection: connection({ hostKeys: ['[10.0.0.1]:2210 ssh-ed25519 AAAA'] }),
});
let firewall: FirewallResponse;
beforeEach(() => {
  firewall = { rules: null, yourAddress: '203.0.113.7' };
});

function bff(shown: Booking, { method, path, body }: Sent): { status?: number; body: unknown } {
  if (path === '/api/bookings/b1/firewall') {
    if (method === 'DELETE') firewall = { ...firewall, rules: [] };
    if (method === 'POST') {
      firewall = {
        ...firewall,
        rules: [...(firewall.rules ?? []), firewallRule.parse(body)],
      };
    }
    return { body: firewall };
  }
  if (path === '/api/bookings/b1/vpn') {
    return {
      body:
        method === 'POST' ? { clientId: 'c-1', ovpn: 'secret profile' } : { status: 'ready', clients: [] },
    };
  }
  if (path.startsWith('/api/bookings?'))
    return { body: { freshness: live, bookings: [{ ...held, owner: 'bo' }] } };
  if (path === '/api/robots/deployments') return { body: { freshness: live, deployments: [], types: [] } };
  return { body: shown };
}
const show = (over: Partial<Booking>, role: 'viewer' | 'operator' | 'admin' = 'operator') =>
  showPage('/robots/bookings/$bookingId', '/robots/bookings/b1', BookingPage, role, (sent) =>
    bff({ ...held, ...over }, sent),
  );

it('says how to connect once the robot is ready, with the host’s key pinned and the key’s file', async () => {
  rememberKeyFile('b1', 'cyclorama-x.key');
  show({});
  const panel = await screen.findByRole('region', { name: 'Connect' });
  expect(panel).toHaveTextContent('ssh -i ~/Downloads/cyclorama-x.key');
  expect(panel).toHaveTextContent('-o StrictHostKeyChecking=yes -p 2210 root@10.0.0.1');
  expect(panel).toHaveTextContent('[10.0.0.1]:2210 ssh-ed25519 AAAA');
  expect(within(panel).getByRole('button', { name: 'Copy ssh command' })).toBeVisible();
});

it('says where a queued booking stands, and that there is no way in yet', async () => {
  show({ state: 'queued', connection: null, startedAt: null });
  const steps = await screen.findByRole('list', { name: 'Steps of the booking' });
  expect(within(steps).getAllByRole('listitem')[1]).toHaveAttribute('aria-current', 'step');
  expect(screen.getByText(/Queued. The robot starts when it’s your turn/)).toBeVisible();
  expect(screen.getByText('There is no firewall before the robot is ready.')).toBeVisible();
});

it('keeps a requested termination visible while starting', async () => {
  show({ state: 'starting', connection: null, terminationRequested: true });
  expect(await screen.findByText('requested; done as soon as possible')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Terminate…' })).toHaveAccessibleDescription(/already requested/);
});

it('opens the firewall for one’s own address in one step, and reads back what is there', async () => {
  const { sent } = show({});
  const panel = within(await screen.findByRole('region', { name: 'Firewall' }));
  expect(await panel.findByText(/dropped until you add one/)).toBeVisible();
  await userEvent.click(panel.getByRole('button', { name: 'Allow my address (203.0.113.7)' }));
  const rules = await panel.findByRole('list', { name: 'Firewall rules' });
  expect(within(rules).getByRole('listitem')).toHaveTextContent('1203.0.113.7ACCEPT');
  expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({
    source: '203.0.113.7',
    action: 'ACCEPT',
  });
  expect(panel.getByRole('button', { name: /^Allow my address/ })).toHaveAccessibleDescription(
    /allows your address/,
  );
});

it('tells those who come by IPv6 why not, and takes an address by hand', async () => {
  firewall = { rules: [], yourAddress: null };
  show({});
  const panel = within(await screen.findByRole('region', { name: 'Firewall' }));
  expect(await panel.findByRole('button', { name: 'Allow my address' })).toHaveAccessibleDescription(
    /takes IPv4 only/,
  );
  await userEvent.type(panel.getByLabelText('Address or subnet'), '2001:db8::1');
  expect(panel.getByRole('alert')).toHaveTextContent('expected an IPv4 address or subnet');
  await userEvent.clear(panel.getByLabelText('Address or subnet'));
  await userEvent.type(panel.getByLabelText('Address or subnet'), '203.0.113.0/24');
  await userEvent.selectOptions(panel.getByLabelText('Action'), 'DROP');
  await userEvent.click(panel.getByRole('button', { name: 'Add rule' }));
  expect(await panel.findByText('203.0.113.0/24')).toBeVisible();
});

it('says that clearing drops everything before it clears', async () => {
  firewall = { rules: [{ source: '0.0.0.0/0', action: 'ACCEPT' }], yourAddress: '203.0.113.7' };
  const { sent } = show({});
  await userEvent.click(await screen.findByRole('button', { name: 'Clear all rules…' }));
  const dialog = within(await screen.findByRole('dialog', { name: /^Clear the firewall/ }));
  expect(dialog.getByText(/All connections are dropped, open ones too/)).toBeVisible();
  expect(sent.some(({ method }) => method === 'DELETE')).toBe(false);
  await userEvent.click(dialog.getByRole('button', { name: 'Clear all rules' }));
  expect(await screen.findByText(/dropped until you add one/)).toBeVisible();
});

it('gives a VPN profile once', async () => {
  const saved: string[] = [];
  URL.createObjectURL = vi.fn<typeof URL.createObjectURL>((file) => {
    if (file instanceof Blob) void file.text().then((text) => saved.push(text));
    return 'blob:profile';
  });
  URL.revokeObjectURL = () => {};
  show({ vpn: true });
  await userEvent.click(await screen.findByRole('button', { name: 'Create VPN client' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Download cyclorama-c-1.ovpn' }));
  await waitFor(() => expect(saved).toEqual(['secret profile']));
  expect(screen.queryByRole('button', { name: /^Download/ })).toBeNull();
  expect(screen.getByRole('button', { name: 'Create VPN client' })).toBeVisible();
});

it('shows others’ firewall and VPN to nobody but their owner and admins', async () => {
  show({ owner: 'bo' });
  const reasons = await screen.findAllByText('Only bo or an admin can do this.', { selector: 'p' });
  expect(reasons).toHaveLength(2);
  for (const reason of reasons) expect(reason).toBeVisible();
  expect(screen.getByRole('button', { name: 'Hand over…' })).toHaveAccessibleDescription(
    'Only bo or an admin can do this.',
  );
});

it('hands a booking over to whom one names', async () => {
  const { sent } = show({});
  await userEvent.click(await screen.findByRole('button', { name: 'Hand over…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Hand over fixed_misty2' }));
  await userEvent.type(dialog.getByLabelText('To'), 'bo');
  await userEvent.click(dialog.getByRole('button', { name: 'Hand over fixed_misty2' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent.find(({ method }) => method === 'POST')).toEqual({
    method: 'POST',
    path: '/api/bookings/b1/hand-over',
    body: { to: 'bo' },
  });
});

it('warns before time runs out', async () => {
  show({ endsAt: new Date(Date.now() + 5 * 60_000).toISOString() });
  expect(await screen.findByText(/Less than ten minutes left/)).toBeVisible();
});

it('reminds of a robot nobody uses', async () => {
  show({ idleSince: new Date(Date.now() - 20 * 60_000).toISOString() });
  expect(await screen.findByText(/No activity here for 20 min/)).toBeVisible();
});

it('sums up a booking that has ended', async () => {
  show({ state: 'terminated', connection: null, endedAt: '2026-03-26T09:46:00Z' });
  const panel = await screen.findByRole('region', { name: 'Summary' });
  expect(panel).toHaveTextContent('Waited1 minHeld30 minEnded byTermination');
  expect(screen.queryByRole('region', { name: 'Firewall' })).toBeNull();
});

it('explains a start that failed, and what can be done', async () => {
  const failure = { code: 'init-fail', message: 'The robot did not come up; nothing is held.' };
  show({ state: 'failed', connection: null, deploymentId: 'd1', failure });
  const what = within(await screen.findByRole('region', { name: 'Failure' }));
  expect(screen.getAllByText('The robot did not come up; nothing is held.')).toHaveLength(1);
  expect(what.getByRole('button', { name: 'Join queue' })).toBeVisible();
});

it('offers to stop waiting where the end is requested and rerobots doesn’t show the robot', async () => {
  const waiting = { since: '2026-03-26T09:15:00Z', message: 'rerobots hasn’t started it yet.' };
  const { sent } = show({ state: 'starting', connection: null, terminationRequested: true, waiting });
  await userEvent.click(await screen.findByRole('button', { name: 'Stop waiting…' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/listed as lost and a robot may still run/)).toBeVisible();
  await userEvent.click(dialog.getByRole('button', { name: 'Stop waiting' }));
  await waitFor(() => expect(sent.map(({ path }) => path)).toContain('/api/bookings/b1/cancel'));
});

it('says what a booking waits for that rerobots doesn’t show, for how long, and that its end is kept', async () => {
  const message = 'rerobots accepted it and hasn’t started it yet. Wait, or terminate it.';
  const since = new Date(Date.now() - 185_000).toISOString();
  show({ state: 'starting', connection: null, waiting: { since, message } });
  expect(await screen.findByText(message)).toBeVisible();
  expect(screen.getByText('for 3 min')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Terminate…' }));
  expect(await screen.findByRole('dialog')).toHaveTextContent(
    `${message} The request is kept and carried out then.`,
  );
});
