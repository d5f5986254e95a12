import type { Role } from '@cyclorama/shared/common.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  RouterProvider,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';

import { createQueryClient } from '../api/query-client.ts';
import { SessionContext } from '../api/session.ts';
import { session } from './builders/common.ts';

export type Sent = { method: string; path: string; body: unknown };
type Answered = { status?: number; body: unknown };
type Answer = (sent: Sent) => Answered | Promise<Answered>;

/** Renders one page at an address as ada, over a BFF that answers by `answer`. `sent` lists the requests in order. */
export function showPage(path: string, address: string, Page: () => ReactNode, role: Role, answer: Answer) {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const request: Sent = {
      method: init.method ?? 'GET',
      path: url,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : null,
    };
    sent.push(request);
    const { status = 200, body } = await answer(request);
    return Response.json(body, { status });
  });
  const client = createQueryClient();
  const root = createRootRoute();
  const route = createRoute({ getParentRoute: () => root, path, component: Page });
  const router = createRouter({
    routeTree: root.addChildren([route]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  render(
    <QueryClientProvider client={client}>
      <SessionContext value={session(role)}>
        {/* RouterProvider is typed for the product's router; this one has a single page. */}
        <RouterProvider router={router as never} />
      </SessionContext>
    </QueryClientProvider>,
  );
  return { sent, router, client };
}

export const changes = (sent: Sent[]): Sent[] => sent.filter(({ method }) => method !== 'GET');

export const posted = (sent: Sent[]) =>
  sent.filter(({ method }) => method === 'POST').map(({ path, body }) => ({ path, body }));
