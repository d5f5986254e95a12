import { paths } from '@cyclorama/shared/paths.ts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import { proxyDocument } from '../../testing/builders/api-document.ts';
import { changes, showPage } from '../../testing/show-page.tsx';
import { ExplorerPage } from './ExplorerPage.tsx';

const show = (address: string, role: 'viewer' | 'operator' | 'admin', body: unknown = { data: true }) => {
  const shown = showPage('/explorer', address, ExplorerPage, role, ({ path }) => ({
    body: path === paths.apiDocument() ? proxyDocument() : body,
  }));
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', async (...request: Parameters<typeof fetch>) => {
    const answer = await fetch(...request);
    answer.headers.set('x-upstream-status', String(answer.status));
    return answer;
  });
  return shown;
};

it('filters by words, upstream and kind, all in the address', async () => {
  const { router } = show('/explorer?upstream=scheduler', 'admin');
  expect(await screen.findByText(/^4 of \d+ operations$/)).toBeVisible();
  await userEvent.selectOptions(screen.getByLabelText('What it does'), 'Reads');
  await userEvent.click(screen.getByRole('button', { name: /^GET .*active/ }));
  expect(router.state.location.search).toEqual({
    upstream: 'scheduler',
    kind: 'reads',
    operation: 'scheduler.functions.active',
  });
  await userEvent.type(await screen.findByLabelText('containerId'), 'abc');
  expect(JSON.stringify(router.state.location.search)).not.toContain('abc');
});

it('shows what a read answered', async () => {
  show('/explorer?operation=cycle.hub', 'viewer', { data: { name: 'Orchard' } });
  await userEvent.click(await screen.findByRole('button', { name: 'Send' }));
  expect(await screen.findByLabelText('Answer as JSON')).toHaveTextContent('"name": "Orchard"');
  expect(screen.getByText('200')).toBeVisible();
});

it('names what is wrong, and asks before it changes anything', async () => {
  const { sent } = show('/explorer?operation=cycle.server.images.download', 'operator');
  const send = await screen.findByRole('button', { name: 'Send POST…' });
  await userEvent.click(send);
  expect(await screen.findByText('body.image_id: expected a value')).toBeVisible();
  await userEvent.type(screen.getByLabelText('image_id'), 'xyz');
  expect(screen.getByText('body.image_id: expected 24 hexadecimal digits')).toBeVisible();
  await userEvent.clear(screen.getByLabelText('image_id'));
  await userEvent.type(screen.getByLabelText('image_id'), 'a'.repeat(24));
  await userEvent.click(send);
  const dialog = await screen.findByRole('dialog');
  expect(changes(sent)).toEqual([]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Send POST' }));
  await screen.findByLabelText('Answer as JSON');
  expect(changes(sent)).toMatchObject([
    { path: '/api/proxy/cycle/v1/server/images/download', body: { image_id: 'a'.repeat(24) } },
  ]);
});

it('asks for the name of a host before it takes it down', async () => {
  const { sent } = show('/explorer?operation=cycle.server.power.reboot', 'admin', {
    data: { hostname: 'rack-7' },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Send POST…' }));
  const dialog = await screen.findByRole('dialog');
  const confirm = () => within(dialog).getByRole('button', { name: 'Send POST' });
  const name = await within(dialog).findByLabelText('Type “rack-7” to confirm');
  expect(confirm()).toHaveAttribute('aria-disabled', 'true');
  await userEvent.type(name, 'rack-7');
  await userEvent.click(confirm());
  await screen.findByLabelText('Answer as JSON');
  expect(changes(sent)).toMatchObject([{ path: '/api/proxy/cycle/v1/server/power/reboot' }]);
});

it('is off for who may not, with the reason', async () => {
  const { sent } = show('/explorer?operation=cycle.monitoring.events', 'viewer');
  const send = await screen.findByRole('button', { name: 'Send POST…' });
  expect(send).toHaveAccessibleDescription('View-only access. Operators can do this.');
  await userEvent.click(send);
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(changes(sent)).toEqual([]);
});

it('leads to the page of what is not called from here', async () => {
  show('/explorer?operation=scheduler.functions.claim', 'operator');
  expect(await screen.findByRole('link', { name: 'Functions' })).toHaveAttribute('href', '/functions');
  expect(screen.queryByRole('button', { name: /^Send/ })).not.toBeInTheDocument();
});
