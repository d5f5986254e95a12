import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createQueryClient } from '../../api/query-client.ts';
import { createAppRouter } from '../../routes.tsx';
import { refusal, session } from '../../testing/builders/common.ts';
import { container, instance, topologyOf } from '../../testing/builders/topology.ts';

const NOW = Date.parse('2026-11-29T12:00:30Z');
const minute = (ago: number): number => Math.floor(NOW / 60_000 - ago) * 60_000;

const recorded = { spans: [{ from: minute(50), until: minute(0) }], stepMs: 60_000, keptDays: 365 };
const event = {
  id: 1,
  time: new Date(minute(20) + 5_000).toISOString(),
  ended: null,
  of: { kind: 'instance', id: 'i1', name: 'api-1' },
  kind: 'health',
  before: 'healthy',
  after: 'unhealthy',
  outcome: 'failed',
  by: null,
  detail: null,
};

const then = topologyOf([container('c1', { name: 'API' }), instance('old', 'c1', { name: 'api-old' })]);
const present = topologyOf([container('c1', { name: 'API' }), instance('new', 'c1', { name: 'api-new' })]);
const items = [
  { id: 'new', kind: 'instance', name: 'api-new', change: 'came', fields: [] },
  {
    id: 'i7',
    kind: 'instance',
    name: 'api-7',
    change: 'moved',
    fields: [{ field: 'serverId', before: 'fra-1', after: 'ewr-2' }],
  },
];

function open(address: string) {
  const asked: string[] = [];
  vi.stubGlobal(
    'EventSource',
    class extends EventTarget {
      close() {}
    },
  );
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    if (path === '/api/session') return Response.json(session('operator'));
    if (path === '/api/topology') return Response.json(present);
    if (path.startsWith('/api/history/topology?at=')) return Response.json(then);
    if (path.startsWith('/api/history/difference')) return Response.json({ from: 1, to: 2, items });
    if (path === '/api/history') return Response.json(recorded);
    if (path.startsWith('/api/environment/events'))
      return Response.json({ events: [event], nextBefore: null });
    if (path === '/api/pins') return Response.json({ pins: [] });
    if (path === '/api/upstreams') return Response.json({ upstreams: [] });
    return Response.json(refusal('not-found', 'No.'), { status: 404 });
  });
  const router = createAppRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <QueryClientProvider client={createQueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  const at = () => Number((router.state.location.search as { at?: number }).at);
  return { asked, router, at };
}

beforeEach(() => void vi.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});
const press = async (name: string) => {
  // Off until it is known what is on record.
  await waitFor(() => expect(screen.getByRole('button', { name })).not.toHaveAttribute('aria-disabled'));
  await userEvent.click(screen.getByRole('button', { name }));
};

it('shows a list as it was, without what would act on it, and leads back to now', async () => {
  const { asked } = open(`/instances?at=${minute(10)}`);
  expect(await screen.findByRole('link', { name: 'api-old' })).toBeVisible();
  expect(await screen.findByText(/^As it was on 2026-11-29/)).toBeVisible();
  expect(screen.queryByRole('checkbox')).toBeNull();
  expect(screen.queryByRole('button', { name: /Select all/ })).toBeNull();
  expect(asked).not.toContain('/api/topology');
  await press('Back to now');
  expect(await screen.findByRole('link', { name: 'api-new' })).toBeVisible();
  expect(screen.getAllByRole('checkbox').length).toBeGreaterThan(0);
});

it('steps by minutes and by events, and keeps the minute from page to page', async () => {
  const { at, router } = open(`/containers?at=${minute(10)}`);
  await press('Minute before');
  await waitFor(() => expect(at()).toBe(minute(11)));
  // The first picture after what happened twenty minutes ago.
  await press('Event before');
  await waitFor(() => expect(at()).toBe(minute(19)));
  await router.navigate({ to: '/instances/$instanceId', params: { instanceId: 'old' } });
  expect(await screen.findByRole('heading', { level: 1, name: 'api-old' })).toBeVisible();
  expect(screen.queryByRole('button', { name: /^(Stop|Restart)/ })).toBeNull();
  expect(at()).toBe(minute(19));
});

it('plays on to the next minutes until it is paused', async () => {
  const { at } = open(`/containers?at=${minute(10)}`);
  await press('Play');
  await waitFor(() => expect(at()).toBe(minute(8)));
  await press('Pause');
  expect(at()).toBeGreaterThanOrEqual(minute(8));
});

it('says on a page without a past that it shows the present', async () => {
  open(`/team?at=${minute(10)}`);
  expect(await screen.findByText(/^This page shows the present, not 2026-11-29/)).toBeVisible();
  expect(screen.queryByRole('slider')).toBeNull();
});

it('says of an object that was not there then when to look', async () => {
  open(`/instances/new?at=${minute(10)}`);
  expect(await screen.findByText('There was no such instance in this environment then.')).toBeVisible();
});

it('tells what differs between two minutes, and filters it', async () => {
  const { asked } = open(`/difference?before=${minute(30)}&after=${minute(10)}`);
  const table = await screen.findByRole('table', { name: 'What changed' });
  expect(asked).toContain(`/api/history/difference?from=${minute(30)}&to=${minute(10)}`);
  expect(within(table).getByRole('row', { name: /api-7/ })).toHaveTextContent('server fra-1 → ewr-2');
  await userEvent.click(screen.getByRole('button', { name: /^Came/ }));
  await waitFor(() => expect(within(table).queryByText('api-7')).toBeNull());
  expect(within(table).getByText('api-new')).toBeVisible();
});

it('compares what is on record where nothing was chosen', async () => {
  const { asked } = open('/difference');
  expect(await screen.findByRole('table', { name: 'What changed' })).toBeVisible();
  const { from, to } = Object.fromEntries(
    new URLSearchParams(asked.find((path) => path.startsWith('/api/history/difference'))?.split('?')[1]),
  );
  const isRecorded = (at: number) => recorded.spans.some((span) => span.from <= at && at <= span.until);
  expect(isRecorded(Number(from))).toBe(true);
  expect(isRecorded(Number(to))).toBe(true);
  expect(Number(from)).toBeLessThan(Number(to));
});
