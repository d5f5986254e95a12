import type { AccessToken } from '@cyclorama/shared/access-tokens.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { accessToken } from '../../testing/builders/access-tokens.ts';
import { refusal } from '../../testing/builders/common.ts';
import { changes, showPage } from '../../testing/show-page.tsx';
import type { Sent } from '../../testing/show-page.tsx';
import { AccessTokensPage } from './AccessTokensPage.tsx';

let tokens: AccessToken[] = [];
beforeEach(() => {
  tokens = [];
});
const bff = ({ method, path, body }: Sent): { status?: number; body: unknown } => {
  if (method === 'DELETE') tokens = tokens.filter(({ id }) => !path.endsWith(id));
  if (method !== 'POST') return { body: method === 'GET' ? { tokens } : null };
  const made = accessToken({ ...(body as object), id: 't2' });
  tokens = [...tokens, made];
  return { body: { ...made, token: 'cyc_secret' } };
};
const show = (role: 'viewer' | 'operator' = 'operator', answer = bff) =>
  showPage('/access-tokens', '/access-tokens', AccessTokensPage, role, answer);
const openForm = async (user: ReturnType<typeof userEvent.setup>) => {
  await user.click(await screen.findByRole('button', { name: 'New token…' }));
  return within(await screen.findByRole('dialog', { name: 'New access token' }));
};

it('makes a token and shows it once', async () => {
  const user = userEvent.setup();
  const { sent, client } = show();
  expect(await screen.findByText('No access tokens')).toBeVisible();
  const form = await openForm(user);
  await user.type(form.getByLabelText('Name'), 'ci');
  await user.selectOptions(form.getByLabelText('Role'), 'viewer');
  await user.clear(form.getByLabelText('Valid for days'));
  await user.type(form.getByLabelText('Valid for days'), '7');
  await user.click(form.getByRole('button', { name: 'Create token' }));
  const made = within(await screen.findByRole('dialog', { name: 'Token “ci” created' }));
  expect(made.getByText('cyc_secret')).toBeVisible();
  expect(made.getByRole('button', { name: 'Copy access token' })).toBeVisible();
  expect(made.getByLabelText('curl command')).toHaveTextContent('$CYCLORAMA_TOKEN');
  expect(changes(sent)).toEqual([
    { method: 'POST', path: '/api/access-tokens', body: { name: 'ci', role: 'viewer', expiresInDays: 7 } },
  ]);
  await user.keyboard('{Escape}');
  expect(made.getByText('cyc_secret')).toBeVisible();
  await user.click(made.getByRole('button', { name: 'Done' }));
  expect(screen.queryByText('cyc_secret')).not.toBeInTheDocument();
  expect(await screen.findByRole('row', { name: /ci/ })).toBeVisible();
  await waitFor(() => expect(client.getMutationCache().getAll()).toEqual([]));
});

it('offers no role above the person’s own, and says what is wrong with the days', async () => {
  const user = userEvent.setup();
  show('viewer');
  const form = await openForm(user);
  expect(within(form.getByLabelText('Role')).getAllByRole('option')).toHaveLength(1);
  await user.type(form.getByLabelText('Name'), 'ci');
  await user.type(form.getByLabelText('Valid for days'), '000');
  expect(form.getByRole('alert')).toHaveTextContent('Days: expected a whole number from 1 to 365');
  expect(form.getByRole('button', { name: 'Create token' })).toHaveAttribute('aria-disabled', 'true');
});

it('deletes one only after asking', async () => {
  tokens = [accessToken({ lastUsedAt: '2026-03-02T00:00:00Z', expiresAt: '2026-03-03T00:00:00Z' })];
  const user = userEvent.setup();
  const { sent } = show();
  expect(await screen.findByText('expired')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Delete nightly' }));
  expect(changes(sent)).toEqual([]);
  const dialog = within(await screen.findByRole('dialog', { name: 'Delete the token “nightly”?' }));
  await user.click(dialog.getByRole('button', { name: 'Delete nightly' }));
  expect(await screen.findByText('No access tokens')).toBeVisible();
  expect(changes(sent)).toEqual([{ method: 'DELETE', path: '/api/access-tokens/t1', body: null }]);
});

it('says why one could not be made', async () => {
  const user = userEvent.setup();
  show('operator', (request) =>
    request.method === 'POST'
      ? { status: 409, body: refusal('conflict', 'There are 50 already.') }
      : bff(request),
  );
  const form = await openForm(user);
  await user.type(form.getByLabelText('Name'), 'ci');
  await user.click(form.getByRole('button', { name: 'Create token' }));
  expect(await form.findByRole('alert')).toHaveTextContent('There are 50 already.');
});
