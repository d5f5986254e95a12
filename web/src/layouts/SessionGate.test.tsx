import type { ErrorCode } from '@cyclorama/shared/errors.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';

import { endSession, resumeSession } from '../api/session.ts';
import { about, refusal, session } from '../testing/builders/common.ts';
import { SessionGate } from './SessionGate.tsx';

const signedIn = session();
const error = (code: ErrorCode, over: { retryAfterSeconds?: number } = {}) => refusal(code, 'M.', over);

const pathOf = (input: RequestInfo | URL): string => (typeof input === 'string' ? input : '');

type Answer = [status: number, body: unknown];

function bff(get: () => Answer, post: () => Answer) {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    if (pathOf(input).endsWith('/about')) return Response.json(about());
    const [status, body] = init?.method === 'POST' ? post() : get();
    return Response.json(body, { status });
  });
}
function show(): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <SessionGate>
        <p>The page</p>
        <input aria-label="Half-typed" defaultValue="" />
      </SessionGate>
    </QueryClientProvider>,
  );
  return client;
}
async function signIn(password: string) {
  const user = userEvent.setup();
  const name = await screen.findByLabelText('Account name');
  await user.clear(name);
  await user.type(name, 'ada');
  await user.type(screen.getByLabelText('Password'), password);
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
}

// That a session has ended outlives a test, and would open the sheet over what the next one types.
afterEach(async () => {
  bff(
    () => [200, signedIn],
    () => [200, signedIn],
  );
  await resumeSession(new QueryClient());
  vi.restoreAllMocks();
});

it('shows the page after signing in, and sends what was typed', async () => {
  let isSignedIn = false;
  bff(
    () => (isSignedIn ? [200, signedIn] : [401, error('unauthenticated')]),
    () => {
      isSignedIn = true;
      return [200, signedIn];
    },
  );
  show();
  await signIn('secret');
  expect(await screen.findByText('The page')).toBeVisible();
  const sent = vi.mocked(fetch).mock.calls.find(([, init]) => init?.method === 'POST');
  expect(sent?.[1]?.body).toBe('{"username":"ada","password":"secret"}');
});

it.each([
  ['sign-in-refused', 401, 'M.'],
  ['upstream-unavailable', 502, /Sign-in is unavailable/],
  ['internal', 500, 'M.'],
] as const)('says what %s means and forgets the password', async (code, status, text) => {
  bff(
    () => [401, error('unauthenticated')],
    () => [status, error(code)],
  );
  show();
  await signIn('secret');
  expect(await screen.findByText(text)).toBeVisible();
  expect(screen.getByLabelText('Password')).toHaveValue('');
});

it('says how long to wait after too many attempts', async () => {
  bff(
    () => [401, error('unauthenticated')],
    () => [429, error('rate-limited', { retryAfterSeconds: 90 })],
  );
  show();
  await signIn('secret');
  expect(await screen.findByText('Try again in 1 min 30 s.')).toBeVisible();
});

it('signs in again over the page when the session has ended, with what was typed kept', async () => {
  bff(
    () => [200, signedIn],
    () => [200, signedIn],
  );
  show();
  await userEvent.type(await screen.findByLabelText('Half-typed'), 'draft');
  endSession('Your session has ended.');
  expect(await screen.findByRole('dialog', { name: 'Sign in again' })).toBeVisible();
  await userEvent.type(await screen.findByLabelText('Password'), 'secret{Enter}');
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(screen.getByLabelText('Half-typed')).toHaveValue('draft');
});

it('stays over the page too where the session itself is what was read anew', async () => {
  let isLost = false;
  bff(
    () => (isLost ? [401, error('unauthenticated')] : [200, signedIn]),
    () => [200, signedIn],
  );
  const client = show();
  await userEvent.type(await screen.findByLabelText('Half-typed'), 'draft');
  isLost = true;
  await client.invalidateQueries();
  expect(await screen.findByRole('dialog', { name: 'Sign in again' })).toBeVisible();
  expect(screen.getByLabelText('Half-typed')).toHaveValue('draft');
});
