import type { UsageResponse } from '@cyclorama/shared/robot-fleet.ts';
import type { Booking } from '@cyclorama/shared/robots.ts';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { live, refusal, stale } from '../../testing/builders/common.ts';
import { deployment, misty, readyBooking } from '../../testing/builders/robots.ts';
import { changes, showPage } from '../../testing/show-page.tsx';
import type { Sent } from '../../testing/show-page.tsx';
import { robotsBff } from './robots.fixture.ts';
import { RobotsPage } from './RobotsPage.tsx';

const booked = (over: Partial<Booking> = {}) => readyBooking({ region: 'us:cali', ...over });

let bookings: Booking[] = [];
let usage: UsageResponse = { rows: [], quota: null };
let remaining = 2900;
beforeEach(() => {
  bookings = [];
  usage = { rows: [], quota: null };
  remaining = 2900;
  URL.createObjectURL = () => 'blob:key';
  URL.revokeObjectURL = () => {};
});
const bff = (request: Sent) => robotsBff(request, { bookings, usage, remaining });
const show = (address = '/robots', role: 'viewer' | 'operator' | 'admin' = 'operator', answer = bff) =>
  showPage('/robots', address, RobotsPage, role, answer);

it('promises nothing about a queue of zero, and doesn’t let an offline robot be booked', async () => {
  show();
  const table = await screen.findByRole('table', { name: 'Robots' });
  expect(within(table).getAllByText('free when last read')).toHaveLength(2);
  const offline = within(table).getByRole('button', { name: 'Book null b2051afa' });
  expect(offline).toHaveAttribute('aria-disabled', 'true');
  expect(offline).toHaveAccessibleDescription(/^Offline/);
});

it('leads with free and busy, and names a robot as the team does, with its type beneath', async () => {
  const busy = deployment({
    nickname: 'Otto',
    queueLength: 2,
    wait: { lowSeconds: 1_200, highSeconds: 2_700, chance: 0.8, basis: 12 },
  });
  bookings = [
    booked({
      nickname: 'Otto',
      state: 'queued',
      wait: { lowSeconds: 0, highSeconds: 300, chance: 0.8, basis: 9 },
    }),
  ];
  show('/robots', 'operator', (request) =>
    request.path === '/api/robots/deployments'
      ? { body: { freshness: live, deployments: [busy], types: ['fixed_misty2'] } }
      : bff(request),
  );
  const table = await screen.findByRole('table', { name: 'Robots' });
  const [, row] = within(table).getAllByRole('row');
  const cells = within(row ?? table).getAllByRole('cell');
  expect(cells.slice(0, 3).map(({ textContent }) => textContent)).toEqual([
    'Busy',
    '20–45 min, 8 in 10',
    'Otto fixed_misty2 82051afa',
  ]);
  expect(await screen.findByText(/1 busy \(0 ours, 1 others’\)/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Book Otto' })).toBeVisible();
  const queued = screen.getByRole('table', { name: 'Bookings' });
  expect(within(queued).getByText('Expected wait: up to 5 min, 8 in 10')).toBeVisible();
});

const openDialog = async (user: ReturnType<typeof userEvent.setup>) => {
  await user.click(await screen.findByRole('button', { name: 'Book fixed_misty2 82051afa' }));
  return within(await screen.findByRole('dialog', { name: 'Book a robot' }));
};
const bookButton = 'Book fixed_misty2 82051afa';

it('books one robot with a key pair made here, of which only the public half is sent', async () => {
  const user = userEvent.setup();
  const { sent, router } = show();
  const dialog = await openDialog(user);
  expect(dialog.getByText(/^Books .+, free when last read\./)).toBeVisible();
  expect(dialog.getByRole('button', { name: bookButton })).toHaveAccessibleDescription(/^Create a key pair/);
  await user.click(dialog.getByRole('button', { name: 'Create key pair' }));
  const download = await dialog.findByRole('button', { name: /^Download cyclorama-.+\.key$/ });
  expect(dialog.getByRole('button', { name: bookButton })).toHaveAccessibleDescription(
    /^Save the private key/,
  );
  await user.click(download);
  await user.click(dialog.getByLabelText('Queue if it’s taken'));
  await user.clear(dialog.getByLabelText('Time limit in minutes'));
  await user.type(dialog.getByLabelText('Time limit in minutes'), '30');
  await user.click(dialog.getByRole('button', { name: bookButton }));
  await waitFor(() => expect(changes(sent)).toHaveLength(1));
  expect(changes(sent)[0]).toEqual({
    method: 'POST',
    path: '/api/bookings',
    body: {
      deploymentId: misty,
      reserve: true,
      vpn: false,
      expiresInSeconds: 1800,
      sshPublicKey: expect.stringMatching(/^ssh-ed25519 AAAA\S+ ada@cyclorama$/),
    },
  });
  await waitFor(() => expect(router.state.location.pathname).toBe('/robots/bookings/b1'));
  const kept = Object.entries(localStorage).flat().join(' ');
  expect(kept).toContain('cyclorama-');
  expect(`${JSON.stringify(sent)} ${kept}`).not.toContain('PRIVATE KEY');
});

it('takes no private key for a public one', async () => {
  const user = userEvent.setup();
  const { sent } = show();
  const dialog = await openDialog(user);
  await user.click(dialog.getByRole('radio', { name: 'Use my public key' }));
  await user.type(dialog.getByLabelText('Your SSH public key'), '-----BEGIN OPENSSH PRIVATE KEY-----');
  expect(dialog.getByRole('alert')).toHaveTextContent('this is a private key');
  await user.click(dialog.getByRole('button', { name: bookButton }));
  expect(changes(sent)).toHaveLength(0);
});

it('says in the dialog why a booking was refused, and offers the queue', async () => {
  const user = userEvent.setup();
  const busy = refusal('conflict', 'The robot is busy.', { hint: 'Nothing was booked.' });
  const { sent } = show('/robots', 'operator', (request) =>
    request.path === '/api/bookings' && request.method === 'POST'
      ? { status: 409, body: busy }
      : bff(request),
  );
  const dialog = await openDialog(user);
  await user.click(dialog.getByRole('radio', { name: 'No key' }));
  await user.click(dialog.getByRole('button', { name: bookButton }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('The robot is busy.Nothing was booked.');
  const help = within(dialog.getByRole('group', { name: 'Options' }));
  expect(help.getByRole('button', { name: 'Notify when free' })).toBeVisible();
  await user.click(help.getByRole('button', { name: 'Join queue' }));
  await waitFor(() => expect(changes(sent)).toHaveLength(2));
  expect(changes(sent)[1]?.body).toMatchObject({ reserve: true });
});

it('offers another free robot of the type where one was refused by its state', async () => {
  const user = userEvent.setup();
  const other = '92051afa-b331-4b82-8bd4-9eea9ad78243';
  const failure = { code: 'busy', message: 'Somebody was quicker.' };
  const { sent } = show('/robots', 'operator', (request) => {
    if (request.path === '/api/robots/deployments') {
      return {
        body: {
          freshness: live,
          deployments: [deployment(), deployment({ id: other })],
          types: ['fixed_misty2'],
        },
      };
    }
    if (request.path === '/api/bookings' && request.method === 'POST') {
      return { body: booked({ state: 'refused', connection: null, failure }) };
    }
    return bff(request);
  });
  const dialog = await openDialog(user);
  await user.click(dialog.getByRole('radio', { name: 'No key' }));
  await user.click(dialog.getByRole('button', { name: bookButton }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('Somebody was quicker.');
  await user.click(dialog.getByRole('button', { name: 'Take fixed_misty2 92051afa instead' }));
  await waitFor(() => expect(changes(sent)[1]?.body).toMatchObject({ deploymentId: other }));
});

it('says that the quota is reached before anything is sent', async () => {
  bookings = [booked()];
  usage = { rows: [], quota: 1 };
  const user = userEvent.setup();
  show();
  const dialog = await openDialog(user);
  expect(
    await dialog.findByText('You have 1 of 1 bookings open. Give one back to book another.', {
      selector: 'p',
    }),
  ).toBeVisible();
  expect(dialog.getByRole('button', { name: bookButton })).toHaveAccessibleDescription(/1 of 1/);
});

it('shows what is left of the account’s calls, and what stands still when none is', async () => {
  show();
  expect(await screen.findByText(/2,900 of 3,600 calls left this hour/)).toBeVisible();
  cleanup();
  remaining = -1;
  show();
  expect(
    await screen.findByText(
      /No calls to rerobots are left\. .+ A termination waits for the next hour\. Renewed at /,
    ),
  ).toBeVisible();
});

it('shows the team: who holds, who waits, who used how much, and the file of it', async () => {
  bookings = [booked(), booked({ id: 'b2', owner: 'bo', state: 'queued', startedAt: null })];
  usage = {
    rows: [
      { owner: 'ada', type: 'fixed_misty2', bookings: 2, seconds: 5400 },
      { owner: 'bo', type: 'null', bookings: 1, seconds: 600 },
    ],
    quota: 3,
  };
  show('/robots?view=team');
  const holds = await screen.findByRole('table', { name: 'Holders' });
  expect(within(holds).getAllByRole('row')).toHaveLength(2);
  expect(within(holds).getByText('ada')).toBeVisible();
  expect(within(screen.getByRole('table', { name: 'Waiting' })).getByText('bo')).toBeVisible();
  const people = within(await screen.findByRole('list', { name: 'Robot time per person' })).getAllByRole(
    'listitem',
  );
  expect(people[0]).toHaveTextContent('ada1 h 30 min in 2 bookings');
  expect(screen.getByText(/Quota: 3 open bookings per person/)).toBeVisible();
  const csv = screen.getByRole('link', { name: 'CSV' }).getAttribute('href');
  expect(csv).toMatch(/^\/api\/robots\/usage\.csv\?from=\d+&to=\d+$/);
});

it('terminates only after asking, naming the robot', async () => {
  bookings = [booked()];
  const user = userEvent.setup();
  const { sent } = show();
  expect(await screen.findByText('ssh -p 2210 root@10.0.0.1')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Terminate…' }));
  expect(await screen.findByRole('dialog', { name: 'Terminate fixed_misty2 82051afa?' })).toBeVisible();
  expect(changes(sent)).toHaveLength(0);
  await user.click(screen.getByRole('button', { name: 'Terminate fixed_misty2 82051afa' }));
  await waitFor(() => expect(changes(sent).map(({ path }) => path)).toEqual(['/api/bookings/b1/terminate']));
});

it('leaves the queue by cancelling the reservation', async () => {
  bookings = [booked({ state: 'queued', connection: null })];
  const user = userEvent.setup();
  const { sent } = show();
  await user.click(await screen.findByRole('button', { name: 'Leave queue…' }));
  await user.click(await screen.findByRole('button', { name: 'Leave queue' }));
  await waitFor(() => expect(changes(sent).map(({ path }) => path)).toEqual(['/api/bookings/b1/cancel']));
});

it('shows what nobody booked here apart, to be ended by an admin only', async () => {
  bookings = [booked({ owner: null })];
  show();
  const table = await screen.findByRole('table', { name: 'Not booked here' });
  expect(within(table).getByRole('button', { name: 'Terminate…' })).toHaveAccessibleDescription(
    /Only an admin/,
  );
  expect(screen.getByText('No robots held')).toBeVisible();
});

it.each(['/robots', '/robots?view=team'])('says once at %s that what it shows is old', async (address) => {
  bookings = [booked()];
  show(address, 'operator', (request) => {
    const { body } = bff(request);
    return {
      body:
        typeof body === 'object' && body !== null && 'freshness' in body
          ? { ...body, freshness: stale }
          : body,
    };
  });
  expect(await screen.findAllByRole('table')).not.toHaveLength(0);
  await waitFor(() => expect(screen.getAllByText(/Last read/)).toHaveLength(1));
});

it('still says it of the bookings where the robots could not be read', async () => {
  show('/robots', 'operator', (request) => {
    if (request.path === '/api/robots/deployments')
      return { status: 500, body: refusal('internal', 'It failed.') };
    if (request.path.startsWith('/api/bookings')) return { body: { freshness: stale, bookings } };
    return bff(request);
  });
  expect(await screen.findByText(/Last read/)).toBeVisible();
});
