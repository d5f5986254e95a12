import type { InstanceDetail, Task } from '@cyclorama/shared/environment.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, createMemoryHistory } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';

import { keys } from '../../../api/keys.ts';
import { createAppRouter } from '../../../routes.tsx';

const freshness = { state: 'live', asOf: null, failingSince: null, reason: null } as const;
const detail = (change: Partial<InstanceDetail> = {}, state = 'running'): InstanceDetail => ({
  freshness,
  instance: {
    kind: 'instance',
    id: 'i1',
    name: 'api-1',
    containerId: 'c1',
    serverId: 's1',
    locationId: 'l1',
    hostname: 'api',
    state: { current: state, changed: null, error: null },
    health: 'healthy',
    ready: true,
    readyState: 'active',
    privateIp: null,
    service: null,
    isFunction: false,
    deployment: null,
    migratingTo: null,
    startedAt: null,
  },
  container: null,
  server: null,
  ips: [],
  networks: [],
  macAddress: null,
  purgeAt: null,
  createdAt: null,
  task: null,
  ...change,
});
const task: Task = {
  id: 't1',
  instanceId: 'i1',
  containerId: 'c1',
  action: 'stop',
  requestedBy: 'ada',
  state: 'sent',
  requestedAt: '2026-01-01T00:00:00Z',
  finishedAt: null,
  failure: null,
};

const pathOf = (input: RequestInfo | URL): string => (typeof input === 'string' ? input : '');

/** The page at its address, with a BFF that answers for one instance. */
function open(answer: InstanceDetail, role: 'viewer' | 'operator') {
  vi.stubGlobal(
    'EventSource',
    class extends EventTarget {
      close() {}
    },
  );
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const path = pathOf(input);
    if (path === '/api/session') {
      return Response.json({
        user: { name: 'ada', role },
        csrfToken: 't',
        expiresAt: '2026-01-01T00:00:00Z',
      });
    }
    if (init?.method === 'POST') return Response.json(task, { status: 202 });
    if (path === '/api/instances/i1') return Response.json(answer);
    if (path === '/api/upstreams') return Response.json({ upstreams: [] });
    return Response.json({ error: { code: 'not-found', message: 'No.', requestId: 'r' } }, { status: 404 });
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
const button = (name: string) => screen.findByRole('button', { name }, { timeout: 10_000 });

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('stops after asking, and follows the task to its end', { timeout: 30_000 }, async () => {
  const client = open(detail(), 'operator');
  await userEvent.click(await button('Stop api-1'));
  expect(posts()).toHaveLength(0);
  const dialog = await screen.findByRole('dialog', { name: 'Stop api-1?' });
  await userEvent.click([...dialog.querySelectorAll('button')].at(-1) ?? dialog);
  expect(await screen.findByText('Sent to Cycle; waiting for the instance to change.')).toBeVisible();
  expect(posts()[0]?.[1]?.body).toBe('{"action":"stop"}');
  client.setQueryData(keys.tasks('i1'), {
    ...task,
    state: 'failed',
    failure: { code: 'x', message: 'The host is away.' },
  });
  expect(await screen.findByText('The host is away.')).toBeVisible();
});

it('tells a viewer why they may not', { timeout: 30_000 }, async () => {
  open(detail(), 'viewer');
  const stop = await button('Stop api-1');
  expect(stop).toHaveAccessibleDescription(/Your role is viewer/);
  await userEvent.click(stop);
  expect(screen.queryByRole('dialog', { name: 'Stop api-1?' })).not.toBeInTheDocument();
});

it('wants the name typed before the dashboard stops itself', { timeout: 30_000 }, async () => {
  open(detail({ isOwn: true }), 'operator');
  await userEvent.click(await button('Stop api-1'));
  expect(await screen.findByText(/is the dashboard you are looking at/)).toBeVisible();
  await userEvent.type(screen.getByLabelText(/to confirm/), 'api-1');
  const dialog = screen.getByRole('dialog', { name: 'Stop api-1?' });
  await userEvent.click([...dialog.querySelectorAll('button')].at(-1) ?? dialog);
  await vi.waitFor(() => expect(posts()).toHaveLength(1));
});

it('says what is wrong with an id that leads nowhere', { timeout: 30_000 }, async () => {
  open(detail(), 'operator');
  vi.mocked(fetch).mockImplementation(async (input) =>
    pathOf(input) === '/api/session'
      ? Response.json({
          user: { name: 'ada', role: 'viewer' },
          csrfToken: 't',
          expiresAt: '2026-01-01T00:00:00Z',
        })
      : Response.json(
          { error: { code: 'not-found', message: 'There is no such instance.', requestId: 'req-9' } },
          { status: 404 },
        ),
  );
  expect(await screen.findByText('There is no such instance.', {}, { timeout: 10_000 })).toBeVisible();
  expect(screen.getByText('req-9')).toBeVisible();
});
