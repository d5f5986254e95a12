import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { robotAccount } from '../../../testing/builders/robots.ts';
import { changes, showPage } from '../../../testing/show-page.tsx';
import type { Sent } from '../../../testing/show-page.tsx';
import { RobotAccountPage } from './RobotAccountPage.tsx';

const abc = robotAccount().tokenSha256 ?? '';
let account = robotAccount();
beforeEach(() => {
  account = robotAccount();
  vi.stubGlobal('isSecureContext', true);
});
const show = (role: 'operator' | 'admin' = 'admin') =>
  showPage('/robots/account', '/robots/account', RobotAccountPage, role, ({ method, path }: Sent) => {
    if (path === '/api/robots/ci') {
      return {
        body:
          method === 'POST'
            ? { projectId: 'p1', jobId: null, note: 'rerobots named no job.' }
            : { projects: [] },
      };
    }
    if (path.endsWith('/purge'))
      account = robotAccount({ tokenFrom: 'revoked', tokenWorks: null, tokenSha256: null });
    if (path.endsWith('/token')) account = robotAccount({ tokenFrom: 'stored' });
    return { body: account };
  });

it('revokes by the hash of a pasted token, and sends no token', async () => {
  account = robotAccount({ tokenSha256: null });
  const { sent } = show();
  const panel = within(await screen.findByRole('region', { name: 'Revoke token' }));
  await userEvent.type(panel.getByLabelText('Token'), 'abc');
  await waitFor(() => expect(panel.getByLabelText('or its SHA-256')).toHaveValue(abc));
  await userEvent.click(panel.getByRole('button', { name: 'Revoke token…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Revoke token?' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Revoke token' }));
  expect(await panel.findByText('Token revoked.')).toBeVisible();
  expect(changes(sent)).toEqual([
    { method: 'POST', path: '/api/robots/account/revoke', body: { sha256: abc } },
  ]);
});

it('knows the dashboard’s own token by its hash, and asks twice', async () => {
  show();
  const panel = within(await screen.findByRole('region', { name: 'Revoke token' }));
  await userEvent.type(panel.getByLabelText('or its SHA-256'), abc);
  expect(panel.getByText(/This is the dashboard’s own token/)).toBeVisible();
  await userEvent.click(panel.getByRole('button', { name: 'Revoke token…' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByRole('button', { name: 'Revoke token' })).toHaveAccessibleDescription(
    'Type revoke my own token to confirm',
  );
});

it('refuses what is no hash', async () => {
  show();
  const panel = within(await screen.findByRole('region', { name: 'Revoke token' }));
  await userEvent.type(panel.getByLabelText('or its SHA-256'), 'abc');
  expect(panel.getByRole('alert')).toHaveTextContent('Hash: expected the 64 hexadecimal digits of a SHA-256');
});

it('says that a purge takes the dashboard’s own token, asks for words, then leads to a new one', async () => {
  const { sent } = show();
  const panel = within(await screen.findByRole('region', { name: 'Revoke every token' }));
  expect(panel.getByText(/It includes the dashboard’s own/)).toBeVisible();
  await userEvent.click(panel.getByRole('button', { name: 'Revoke every token…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Revoke every token' }));
  expect(changes(sent)).toEqual([]);
  await userEvent.type(dialog.getByRole('textbox'), 'revoke every token');
  await userEvent.click(dialog.getByRole('button', { name: 'Revoke every token' }));
  expect(await screen.findByText(/The dashboard has no token, so robots can’t be read/)).toBeVisible();
  expect(changes(sent)[0]).toEqual({
    method: 'POST',
    path: '/api/robots/account/purge',
    body: { confirm: 'revoke every token' },
  });
  const token = screen.getByRole('region', { name: 'The dashboard’s token' });
  expect(token).toHaveTextContent(/No token.*Revoked on this page/);
  expect(token).not.toHaveTextContent('Not set');
  const set = within(screen.getByRole('region', { name: 'Set token' }));
  await userEvent.type(set.getByLabelText('New token'), 'x'.repeat(24));
  await userEvent.click(set.getByRole('button', { name: 'Set token' }));
  expect(await set.findByText('New token in use.')).toBeVisible();
  expect(set.getByLabelText('New token')).toHaveValue('');
});

it('names both accounts before it uses a token of another one', async () => {
  const error = {
    code: 'conflict',
    message: 'This token belongs to account b, the one in use to a. Nothing was changed.',
    hint: 'Set a token of a, or confirm the change of account.',
    field: 'body.confirm',
    requestId: 'r',
  };
  const { sent } = showPage(
    '/robots/account',
    '/robots/account',
    RobotAccountPage,
    'admin',
    ({ path, body }) => {
      if (path === '/api/robots/ci') return { body: { projects: [] } };
      if (!path.endsWith('/token')) return { body: account };
      return body !== null && 'confirm' in (body as object)
        ? { body: robotAccount({ userName: 'b' }) }
        : { status: 409, body: { error } };
    },
  );
  const set = within(await screen.findByRole('region', { name: 'Set token' }));
  await userEvent.type(set.getByLabelText('New token'), 'x'.repeat(24));
  await userEvent.click(set.getByRole('button', { name: 'Set token' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Use another rerobots account?' }));
  expect(dialog.getByText(/belongs to account b, the one in use to a.*Set a token of a/)).toBeVisible();
  await userEvent.click(dialog.getByRole('button', { name: 'Use this account' }));
  expect(await set.findByText('New token in use.')).toBeVisible();
  expect(screen.queryByRole('dialog')).toBeNull();
  const token = 'x'.repeat(24);
  expect(changes(sent).map(({ body }) => body)).toEqual([
    { token },
    { token, confirm: 'use another account' },
  ]);
});

it('shows tokens to admins only, but lets operators build', async () => {
  const { sent } = show('operator');
  const form = within(await screen.findByRole('form', { name: 'Start build' }));
  expect(screen.getByText('Only admins can see the account’s tokens.')).toBeVisible();
  expect(sent.some(({ path }) => path === '/api/robots/account')).toBe(false);
  for (const name of ['Set token', 'Revoke token…', 'Revoke every token…']) {
    expect(screen.getByRole('button', { name })).toHaveAccessibleDescription('Only admins can do this.');
  }
  await userEvent.type(form.getByLabelText('Repository'), 'https://git.example/robot');
  await userEvent.click(form.getByRole('button', { name: 'Start build' }));
  expect(await form.findByText('rerobots named no job.')).toBeVisible();
  expect(changes(sent)[0]?.body).toEqual({
    repositoryUrl: 'https://git.example/robot',
    namespace: 'default',
  });
});
