import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { stale } from '../../../testing/builders/common.ts';
import { smallTopology, topologyOf } from '../../../testing/builders/topology.ts';
import { topologySearch } from './search.ts';
import { TopologyPage } from './TopologyPage.tsx';

const topology = topologyOf(smallTopology);

beforeEach(() => {
  // jsdom has no canvas; the browser specs check what is drawn.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});
afterEach(() => vi.restoreAllMocks());

function open(address: string, status: number, body: unknown) {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(body, { status }));
  const root = createRootRoute();
  const page = createRoute({
    getParentRoute: () => root,
    path: '/topology',
    validateSearch: topologySearch,
    component: TopologyPage,
  });
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = createRouter({ routeTree: root.addChildren([page]), history });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      {/* RouterProvider is typed for the application's router, not the test's. */}
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return router;
}

describe('TopologyPage as a picture', () => {
  it('walks the graph with the arrow keys, tells each step, and keeps it in the address', async () => {
    const router = open('/topology', 200, topology);
    const picture = await screen.findByRole('application', { name: /Topology: 14 nodes/ });
    picture.focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(await screen.findByText('Hub, hub, live, 1 of 2')).toBeInTheDocument();
    await userEvent.keyboard('{ArrowDown}');
    expect(await screen.findByText('Lab, environment, live, 2 of 2')).toBeInTheDocument();
    expect(router.state.location.search).toMatchObject({ select: 'env' });
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    expect(await screen.findByText('web, container, 1 of 2 failed, 1 of 2')).toBeInTheDocument();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    expect(await screen.findByText('server-1, server, online, 1 of 1')).toBeInTheDocument();
    await userEvent.keyboard('{ArrowRight}');
    expect(await screen.findByText(/Nothing further that way\./)).toBeInTheDocument();
  });

  it('shows only the problems, and what holds them', async () => {
    const router = open('/topology', 200, topology);
    await userEvent.click(await screen.findByRole('button', { name: 'Problems only' }));
    expect(await screen.findByText('2 of 14 nodes')).toBeInTheDocument();
    expect(router.state.location.search).toMatchObject({ problems: 'only' });
  });

  it('opens the details with Enter and closes them with Escape', async () => {
    open('/topology', 200, topology);
    (await screen.findByRole('application')).focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(await screen.findByRole('region', { name: 'Details of Hub' })).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: 'Details of Hub' })).not.toBeInTheDocument();
  });

  it('steps through what a search has found with j and k', async () => {
    open('/topology?q=web-', 200, topology);
    expect(await screen.findByText('2 of 14 nodes')).toBeInTheDocument();
    (await screen.findByRole('application')).focus();
    await userEvent.keyboard('j');
    expect(await screen.findByText(/^web-2, instance of web, failed/)).toBeInTheDocument();
    await userEvent.keyboard('k');
    expect(await screen.findByText(/^web-10, instance of web, running/)).toBeInTheDocument();
  });

  it('says how old the picture is when the upstream is down', async () => {
    const freshness = { ...stale, reason: 'Cycle does not answer.' };
    open('/topology', 200, { ...topology, freshness });
    expect(await screen.findByText(/Cycle does not answer\./)).toBeInTheDocument();
  });
});

describe('TopologyPage as a table', () => {
  it('lists what the filters of the address let pass', async () => {
    open('/topology?view=table&kind=instance&state=failed,stopped', 200, topology);
    const table = await screen.findByRole('table', { name: 'Nodes of the environment' });
    const names = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.textContent);
    expect(names).toHaveLength(2);
    expect(names[0]).toMatch(/fn-1.*Stopped.*server-1/);
    expect(names[1]).toMatch(/web-2.*Failed.*server-1/);
  });

  it('shows a node’s details with the way to its pages, and goes to a neighbour', async () => {
    open('/topology?view=table&select=web-2', 200, topology);
    const details = await screen.findByRole('region', { name: 'Details of web-2' });
    expect(within(details).getByRole('link', { name: 'Open instance' })).toHaveAttribute(
      'href',
      '/instances/web-2',
    );
    expect(within(details).getByRole('link', { name: 'Telemetry' })).toHaveAttribute(
      'href',
      '/telemetry?instance=web-2',
    );
    await userEvent.click(within(details).getByRole('button', { name: /server-1/ }));
    expect(await screen.findByRole('region', { name: 'Details of server-1' })).toBeInTheDocument();
  });
});

describe('TopologyPage with a filter nothing passes', () => {
  it.each(['picture', 'table'])('offers to clear it in the %s', async (view) => {
    const router = open(`/topology?view=${view}&state=purged`, 200, topology);
    await userEvent.click(await screen.findByRole('button', { name: 'Clear all filters' }));
    expect(await screen.findByText('14 nodes')).toBeInTheDocument();
    expect(router.state.location.search).not.toHaveProperty('state');
  });
});

describe('TopologyPage without data', () => {
  it('says that nothing is there yet', async () => {
    open('/topology', 200, { ...topology, nodes: [] });
    expect(await screen.findByText('This environment is empty')).toBeInTheDocument();
  });

  it('shows what went wrong and the request id', async () => {
    const error = { code: 'upstream-unavailable', message: 'Cycle can’t be reached.', requestId: 'req-7' };
    open('/topology', 502, { error });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Cycle can’t be reached.');
    expect(alert).toHaveTextContent('req-7');
  });
});
