import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import { objectEvent } from '../../../testing/builders/object-events.ts';
import { showPage } from '../../../testing/show-page.tsx';
import type { Sent } from '../../../testing/show-page.tsx';
import { ObjectEvents } from './ObjectEvents.tsx';

const bff = () => ({ body: { events: [objectEvent()], nextBefore: null } });
const show = (address: string, shown?: number) =>
  showPage('/instances/i1', address, () => <ObjectEvents of="i1" shown={shown} />, 'viewer', bff);
const asked = (sent: Sent[]) => sent.map(({ path }) => path);

it('is the whole life of an object until a time is chosen', async () => {
  const user = userEvent.setup();
  const { sent, router } = show('/instances/i1?tab=events');
  expect(await screen.findByText('Restarted')).toBeVisible();
  const time = screen.getByRole('combobox', { name: 'Time' });
  expect(time).toHaveValue('all');
  expect(asked(sent)).toEqual(['/api/environment/events?of=i1&limit=50']);
  await user.selectOptions(time, '6 hours');
  await waitFor(() => expect(router.state.location.search).toEqual({ tab: 'events', range: '6h' }));
  await waitFor(() =>
    expect(asked(sent).at(-1)).toMatch(/^\/api\/environment\/events\?of=i1&limit=50&from=[^&]*$/),
  );
});

it('follows the range in the address, except for an event that is to be seen', async () => {
  const range = `from=${Date.parse('2026-01-01T09:00:00Z')}&to=${Date.parse('2026-01-01T11:00:00Z')}`;
  const first = show(`/instances/i1?${range}`);
  expect(await screen.findByText('Restarted')).toBeVisible();
  expect(decodeURIComponent(asked(first.sent)[0] ?? '')).toBe(
    '/api/environment/events?of=i1&limit=50&from=2026-01-01T09:00:00.000Z&to=2026-01-01T11:00:00.000Z',
  );
  const second = show(`/instances/i1?${range}`, 1);
  await waitFor(() =>
    expect(asked(second.sent)).toEqual(['/api/environment/events?of=i1&before=101&limit=50']),
  );
});
