import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import { activityEntry } from '../../../testing/builders/environment.ts';
import { BreakGlassBanner } from './BreakGlassBanner.tsx';

afterEach(() => vi.restoreAllMocks());

function show(entries: ReturnType<typeof activityEntry>[]) {
  const asked = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(() => Promise.resolve(Response.json({ entries, nextBefore: null })));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <BreakGlassBanner />
    </QueryClientProvider>,
  );
  return asked;
}

it('tells admins who came in that way and from where', async () => {
  const origin = { address: '203.0.113.9', requestId: null, wayId: null, wayName: null, reason: null };
  const entry = activityEntry({ actor: 'fire-axe', action: 'session.sign-in', way: 'break-glass', origin });
  const asked = show([entry]);
  const line = await screen.findByRole('status');
  expect(line).toHaveTextContent(/^The break-glass admin fire-axe signed in .* from 203\.0\.113\.9\./);
  expect(asked.mock.calls[0]?.[0]).toMatch(/^\/api\/activity\?way=break-glass&action=session\.sign-in&from=/);
});

it('says nothing where nobody did', async () => {
  const asked = show([]);
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  expect(screen.queryByRole('status')).toBeNull();
});
