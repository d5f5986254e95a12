import type { Booking } from '@cyclorama/shared/robots.ts';
import { act, cleanup, renderHook, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';

import { announceRobotFree } from '../../../../api/robot-free.ts';
import { live } from '../../../../testing/builders/common.ts';
import { booking } from '../../../../testing/builders/robots.ts';
import { changes, showPage } from '../../../../testing/show-page.tsx';
import { Page } from '../../../../ui/page.tsx';
import { setTitleBadge } from '../../../../ui/title-badge.ts';
import { toast } from '../../../../ui/toast.ts';
import { bookingsQuery } from '../../queries.ts';
import { useMarkBookDialogOpen } from '../book-dialog.store.ts';
import { BookingFollower } from './BookingFollower.tsx';

const misty = (owner: string, state: Booking['state']): Booking => booking({ owner, type: 'misty', state });

const Followed = () => (
  <Page title="Overview">
    <BookingFollower />
  </Page>
);

async function follow(first: Booking) {
  const { client, sent } = showPage('/', '/', Followed, 'operator', ({ path }) => ({
    body: path === '/api/robots/hand-overs' ? { notices: [] } : { freshness: live, bookings: [first] },
  }));
  await waitFor(() =>
    expect(sent.map(({ path }) => path).toSorted()).toEqual([
      '/api/bookings?state=open',
      '/api/robots/hand-overs',
    ]),
  );
  await waitFor(() => expect(client.getQueryData(bookingsQuery('open').queryKey)).toBeDefined());
  return (next: Booking) =>
    act(async () => {
      client.setQueryData(bookingsQuery('open').queryKey, { freshness: live, bookings: [next] });
      // The query cache notifies in a later task.
      await new Promise((resolve) => setTimeout(resolve, 0));
    });
}

afterEach(() => {
  cleanup();
  setTitleBadge(null);
  vi.restoreAllMocks();
});

it('tells by toast and title badge that one’s own robot is ready', async () => {
  const toasted = vi.spyOn(toast, 'success').mockImplementation(() => {});
  const change = await follow(misty('ada', 'starting'));
  await change(misty('ada', 'ready'));
  expect(toasted).toHaveBeenCalledExactlyOnceWith('misty 82051afa is ready', 'Open its page to connect.');
  expect(document.title).toBe('● Ready: misty 82051afa · Cyclorama');
});

it('says nothing of others’ bookings', async () => {
  const toasted = vi.spyOn(toast, 'success').mockImplementation(() => {});
  const change = await follow(misty('bo', 'starting'));
  await change(misty('bo', 'ready'));
  expect(toasted).not.toHaveBeenCalled();
  expect(document.title).toBe('Overview · Cyclorama');
});

it('leaves a refusal to the dialog that asked, and tells it where that is closed', async () => {
  const toasted = vi.spyOn(toast, 'error').mockImplementation(() => {});
  const dialog = renderHook(useMarkBookDialogOpen);
  const change = await follow(misty('ada', 'requested'));
  await change(misty('ada', 'refused'));
  expect(toasted).not.toHaveBeenCalled();
  dialog.unmount();
  await change(misty('ada', 'requested'));
  await change(misty('ada', 'refused'));
  expect(toasted).toHaveBeenCalledExactlyOnceWith('misty 82051afa was refused', 'Nothing was booked.');
});

it('tells of a free robot only who asked to be told', async () => {
  const toasted = vi.spyOn(toast, 'info').mockImplementation(() => {});
  await follow(misty('ada', 'queued'));
  const free = { type: 'robot-free' as const, deploymentId: 'd1234567', robotType: 'misty' };
  act(() => announceRobotFree({ ...free, people: ['bo'] }));
  expect(toasted).not.toHaveBeenCalled();
  act(() => announceRobotFree({ ...free, people: ['bo', 'ada'] }));
  expect(toasted).toHaveBeenCalledExactlyOnceWith(
    'misty d1234567 is free',
    expect.stringContaining('Book it before'),
  );
  expect(document.title).toBe('● Free: misty d1234567 · Cyclorama');
});

it('shows what was handed over to the person until they dismiss it', async () => {
  const notice = {
    id: 'h1',
    bookingId: 'b1',
    at: '2026-03-26T09:15:00Z',
    from: 'bo',
    by: 'bo',
    type: 'misty',
    deploymentId: null,
    nickname: 'Otto',
  };
  let notices = [notice];
  const { sent } = showPage('/', '/', Followed, 'operator', ({ path, method }) => {
    if (method === 'DELETE') notices = [];
    return { body: path === '/api/robots/hand-overs' ? { notices } : { freshness: live, bookings: [] } };
  });
  const shown = within(await screen.findByRole('region', { name: 'Handed over to you' }));
  expect(shown.getByRole('status')).toHaveTextContent(/^bo handed Otto over to you/);
  expect(shown.getByRole('link', { name: 'Open Otto' })).toHaveAttribute('href', '/robots/bookings/b1');
  await userEvent.click(shown.getByRole('button', { name: 'Dismiss' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Handed over to you' })).toBeNull());
  expect(changes(sent)).toMatchObject([{ method: 'DELETE', path: '/api/robots/hand-overs/h1' }]);
});
