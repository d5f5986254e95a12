import type { TeamPerson } from '@cyclorama/shared/team.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { accessToken } from '../../testing/builders/access-tokens.ts';
import { personSession, teamPerson } from '../../testing/builders/team.ts';
import { changes, showPage } from '../../testing/show-page.tsx';
import { TeamPage } from './TeamPage.tsx';

let people: TeamPerson[] = [];
beforeEach(() => {
  people = [
    teamPerson({
      name: 'ada',
      role: 'admin',
      roleFrom: 'admin-users',
      sessions: [personSession({ id: 's-ada', current: true })],
    }),
    teamPerson({
      name: 'vera',
      sessions: [personSession()],
      tokens: [accessToken({ name: 'nightly', role: 'viewer' })],
    }),
  ];
});
const show = (role: 'viewer' | 'admin', address = '/team') =>
  showPage('/team', address, TeamPage, role, ({ method }) => ({
    body: method === 'GET' ? { people } : null,
  }));
const sheetOf = async (name: string) => within(await screen.findByRole('dialog', { name }));

it('lists people with what gives their role', async () => {
  show('admin');
  const row = within(await screen.findByRole('row', { name: /ada/ }));
  expect(row.getByText(/set by ADMIN_USERS/)).toBeVisible();
  expect(within(screen.getByRole('row', { name: /vera/ })).getByText(/by default/)).toBeVisible();
});

it('gives a role, ends a session, revokes a token, blocks and frees the name, each once it is confirmed', async () => {
  const user = userEvent.setup();
  const { sent } = show('admin', '/team?person=vera');
  const sheet = await sheetOf('vera');
  expect(sheet.getByText('Firefox on Linux')).toBeVisible();
  await user.selectOptions(sheet.getByLabelText('Role'), 'operator');
  await user.click(sheet.getByRole('button', { name: 'Set role' }));
  const confirm = async (button: string, action: string) => {
    await user.click((await sheetOf('vera')).getByRole('button', { name: button }));
    await user.click(await screen.findByRole('button', { name: action }));
    await waitFor(() => expect(screen.queryByRole('button', { name: action })).not.toBeInTheDocument());
  };
  await confirm('End…', 'End session');
  await confirm('Revoke…', 'Revoke token');
  await confirm('Block…', 'Block vera');
  await confirm('Free name…', 'Free vera');
  expect(screen.queryByRole('dialog', { name: 'vera' }), 'nobody’s any more').not.toBeInTheDocument();
  expect(changes(sent)).toEqual([
    { method: 'PUT', path: '/api/team/vera/role', body: { role: 'operator' } },
    { method: 'DELETE', path: '/api/team/vera/sessions/s1', body: null },
    { method: 'DELETE', path: '/api/team/vera/tokens/t1', body: null },
    { method: 'PUT', path: '/api/team/vera/block', body: null },
    { method: 'DELETE', path: '/api/team/vera', body: null },
  ]);
});

it('shows what is forbidden as off, with the reason', async () => {
  show('viewer', '/team?person=vera');
  const sheet = await sheetOf('vera');
  expect(sheet.getByLabelText('Role')).toBeDisabled();
  for (const name of ['Set role', 'End…', 'Revoke…', 'Free name…', 'Block…']) {
    expect(sheet.getByRole('button', { name })).toHaveAccessibleDescription(
      'View-only access. Admins can do this.',
    );
  }
});

it('keeps an admin from what would lock everybody out', async () => {
  people = [
    teamPerson({
      name: 'ada',
      role: 'admin',
      roleFrom: 'team',
      roleSet: { by: 'olga', at: '2026-03-01T00:00:00Z' },
    }),
  ];
  const user = userEvent.setup();
  const { sent } = show('admin', '/team?person=ada');
  const sheet = await sheetOf('ada');
  expect(sheet.getByText('set by olga')).toBeVisible();
  await user.selectOptions(sheet.getByLabelText('Role'), 'viewer');
  const button = sheet.getByRole('button', { name: 'Set role' });
  expect(button).toHaveAccessibleDescription('You are the last admin. Make somebody else one first.');
  await user.click(button);
  expect(sheet.getByRole('button', { name: 'Block…' })).toHaveAccessibleDescription(
    'You can’t block yourself.',
  );
  expect(changes(sent)).toEqual([]);
});
