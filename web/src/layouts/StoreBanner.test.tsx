import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';

import { keys } from '../api/keys.ts';
import { applyEvents } from '../api/stream-events.ts';
import { about } from '../testing/builders/common.ts';
import { StoreBanner } from './StoreBanner.tsx';

it('is on every page from the moment the store fails until it works again', async () => {
  const client = new QueryClient();
  client.setQueryData(keys.about, about());
  render(
    <QueryClientProvider client={client}>
      <StoreBanner />
    </QueryClientProvider>,
  );
  expect(screen.queryByRole('alert')).toBeNull();
  const fault = { message: 'The disk that holds the data is full.', hint: 'Free some space.' };
  act(() => applyEvents(client, [{ type: 'store', fault }], () => undefined));
  expect((await screen.findByRole('alert')).textContent).toBe(
    'The disk that holds the data is full. Nothing can be changed until it is fixed. Live views continue. Free some space.',
  );
  act(() => applyEvents(client, [{ type: 'store', fault: null }], () => undefined));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});
