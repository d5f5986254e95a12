import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { REVEALED_FOR_MS } from '@cyclorama/shared/variables.ts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import { live } from '../../testing/builders/common.ts';
import { posted, showPage } from '../../testing/show-page.tsx';
import { VariablesPage } from './VariablesPage.tsx';

const list = {
  freshness: live,
  startedAt: '2026-03-26T09:15:00Z',
  variables: [
    { name: 'DB_URL', isEmpty: false, servedUntil: null },
    { name: 'FROM_URL', isEmpty: true, servedUntil: new Date(Date.now() + 90_000).toISOString() },
    { name: 'OTHER', isEmpty: false },
  ],
  durationsUnknown: 'The API key lacks a capability.',
};
const show = (role: 'viewer' | 'admin', forMs = REVEALED_FOR_MS, address = '/variables') =>
  showPage('/variables', address, VariablesPage, role, ({ path }) => ({
    body:
      path === environmentPaths.variables()
        ? list
        : { name: 'DB_URL', value: 'postgres://secret', hideAt: new Date(Date.now() + forMs).toISOString() },
  }));

it('shows names, and a value only when an admin asks for that one', async () => {
  const { sent } = show('admin');
  await userEvent.click(await screen.findByRole('button', { name: 'Show DB_URL' }));
  const dialog = screen.getByRole('dialog', { name: 'DB_URL' });
  expect(posted(sent)).toEqual([]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Show the value' }));
  expect(await within(dialog).findByLabelText('Value of DB_URL')).toHaveTextContent('postgres://secret');
  expect(within(dialog).getByText(/^Hidden in/)).toHaveTextContent(/Hidden in (1 min|5\d s)/);
  expect(posted(sent)).toEqual([{ path: environmentPaths.variableReveal('DB_URL'), body: {} }]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Hide and close' }));
  expect(screen.queryByText('postgres://secret')).not.toBeInTheDocument();
});

it('hides the value by itself when its time is over', async () => {
  show('admin', 300);
  await userEvent.click(await screen.findByRole('button', { name: 'Show DB_URL' }));
  await userEvent.click(screen.getByRole('button', { name: 'Show the value' }));
  await screen.findByText('postgres://secret');
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument(), 5_000);
});

it('asks for the one that its address names, and shows nothing before that is pressed', async () => {
  const { sent } = show('admin', REVEALED_FOR_MS, '/variables?show=DB_URL');
  const dialog = await screen.findByRole('dialog', { name: 'DB_URL' });
  expect(posted(sent)).toEqual([]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});

it.each(['OTHER_ONE', 'FROM_URL'])('asks for no %s: there is none to show', async (name) => {
  show('admin', REVEALED_FOR_MS, `/variables?show=${name}`);
  await screen.findByRole('button', { name: 'Show DB_URL' });
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('says to others why not, and that an empty one has none', async () => {
  show('viewer');
  expect(await screen.findByRole('button', { name: 'Show DB_URL' })).toHaveAccessibleDescription(
    'Only admins can show a value.',
  );
  expect(screen.getByText('Empty')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Show FROM_URL' })).toHaveAccessibleDescription(/has no value/);
});

it('counts down for how long Cycle serves one, and says why that is not known', async () => {
  show('viewer');
  const row = (name: string) => screen.findByRole('row', { name: new RegExp(name) });
  const left = async () => /1 min (\d+) s/.exec((await row('FROM_URL')).textContent ?? '')?.[1];
  const before = Number(await left());
  await vi.waitFor(async () => expect(Number(await left())).toBeLessThan(before), 5_000);
  expect(await row('DB_URL')).toHaveTextContent('no limit');
  expect(await row('OTHER')).toHaveTextContent('not known');
  expect(screen.getByText(/How long is not known: The API key lacks a capability\./)).toBeVisible();
});
