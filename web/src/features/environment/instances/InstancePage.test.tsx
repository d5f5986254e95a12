import type { InstanceDetail } from '@cyclorama/shared/environment.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, createMemoryHistory } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';

import { keys } from '../../../api/keys.ts';
import { createAppRouter } from '../../../routes.tsx';
import { refusal, session } from '../../../testing/builders/common.ts';
import { instanceDetail, task } from '../../../testing/builders/environment.ts';

const stopSent = task();

const pathOf = (input: RequestInfo | URL): string => (typeof input === 'string' ? input : '');

function open(
  answer: InstanceDetail,
  role: 'viewer' | 'operator',
  post = () => Response.json(stopSent, { status: 202 }),
) {
  vi.stubGlobal(
    'EventSource',
    class extends EventTarget {
      close() {}
    },
  );
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const path = pathOf(input);
    if (path === '/api/session') return Response.json(session(role));
    if (init?.method === 'POST') return post();
    if (path === '/api/instances/i1') return Response.json(answer);
    if (path === '/api/upstreams') return Response.json({ upstreams: [] });
    return Response.json(refusal('not-found', 'No.'), { status: 404 });
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createAppRouter(createMemoryHistory({ initialEntries: ['/instances/i1'] }));
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return client;
}
const posts = () => vi.mocked(fetch).mock.calls.filter(([, init]) => init?.method === 'POST');
const button = (name: string) => screen.findByRole('button', { name });

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('stops after asking, and follows the task to its end', async () => {
  const client = open(instanceDetail(), 'operator');
  await userEvent.click(await button('Stop api-1'));
  expect(posts()).toHaveLength(0);
  const dialog = await screen.findByRole('dialog', { name: 'Stop api-1?' });
  await userEvent.click([...dialog.querySelectorAll('button')].at(-1) ?? dialog);
  expect(await screen.findByText('Sent to Cycle. Followed by the instance’s state.')).toBeVisible();
  expect(posts()[0]?.[1]?.body).toBe('{"action":"stop"}');
  client.setQueryData(keys.tasks('i1'), {
    ...stopSent,
    state: 'failed',
    failure: { code: 'x', message: 'The host is away.' },
  });
  expect(await screen.findByText('The host is away.')).toBeVisible();
});

it('tells a refusal once: in the dialog while that is open, then by the task', async () => {
  const message = 'Cycle does not answer (connection refused).';
  const client = open(instanceDetail(), 'operator', () =>
    Response.json(refusal('upstream-unavailable', message), { status: 502 }),
  );
  await userEvent.click(await button('Stop api-1'));
  const dialog = await screen.findByRole('dialog', { name: 'Stop api-1?' });
  await userEvent.click([...dialog.querySelectorAll('button')].at(-1) ?? dialog);
  expect(await screen.findByText(message)).toBeVisible();
  const failure = { code: 'upstream-unreachable', message: `Not sent. ${message}` };
  client.setQueryData(keys.tasks('i1'), { ...stopSent, state: 'refused', failure });
  await userEvent.click(await button('Cancel'));
  expect(await screen.findByText(`Not sent. ${message}`)).toBeVisible();
  expect(screen.queryByText(message)).toBeNull();
});

it('tells a viewer why they may not', async () => {
  open(instanceDetail(), 'viewer');
  const stop = await button('Stop api-1');
  expect(stop).toHaveAccessibleDescription(/^View-only access/);
  await userEvent.click(stop);
  expect(screen.queryByRole('dialog', { name: 'Stop api-1?' })).not.toBeInTheDocument();
});

it('wants the name typed before the dashboard stops itself', async () => {
  open(instanceDetail({ isOwn: true }), 'operator');
  await userEvent.click(await button('Stop api-1'));
  const dialog = await screen.findByRole('dialog', { name: 'Stop api-1?' });
  expect(within(dialog).getByText(/runs this dashboard/)).toBeVisible();
  await userEvent.type(screen.getByLabelText(/to confirm/), 'api-1');
  await userEvent.click([...dialog.querySelectorAll('button')].at(-1) ?? dialog);
  await vi.waitFor(() => expect(posts()).toHaveLength(1));
});

it('says what is wrong with an id that leads nowhere', async () => {
  open(instanceDetail(), 'operator');
  vi.mocked(fetch).mockImplementation(async (input) =>
    pathOf(input) === '/api/session'
      ? Response.json(session('viewer'))
      : Response.json(refusal('not-found', 'There is no such instance.', { requestId: 'req-9' }), {
          status: 404,
        }),
  );
  expect(await screen.findByText('There is no such instance.')).toBeVisible();
  expect(screen.getByText('req-9')).toBeVisible();
});
