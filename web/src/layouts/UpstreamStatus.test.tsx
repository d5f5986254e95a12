import type { Role, UpstreamStatus as Upstream } from '@cyclorama/shared/common.ts';
import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';

import { setConnection } from '../api/connection.ts';
import { stale, upstream } from '../testing/builders/common.ts';
import { showPage } from '../testing/show-page.tsx';
import { UpstreamStatus } from './UpstreamStatus.tsx';

beforeEach(() => setConnection('live', Date.now()));

const cycle = upstream({ name: 'cycle', label: "Cycle's internal API" });
const purged = upstream({
  name: 'rerobots',
  label: 'rerobots',
  state: 'unconfigured',
  reason: 'rerobots has no token.',
  credentials: 'missing',
});

const show = (role: Role, ...upstreams: Upstream[]) =>
  showPage('/', '/', UpstreamStatus, role, () => ({ body: { upstreams } }));

/** jsdom has no popovers: sets what the browser would. */
async function open(name: string) {
  await screen.findByRole('button', { name });
  const panel = screen.getByLabelText<HTMLDialogElement>(name, { selector: 'dialog' });
  panel.open = true;
  fireEvent(panel, Object.assign(new Event('toggle'), { newState: 'open' }));
  const rows = await within(panel).findAllByRole('listitem');
  return within(rows.at(-1) ?? panel);
}

it('says that the rerobots token is gone, and takes an admin to where another one is set', async () => {
  show('admin', cycle, purged);
  const row = await open('rerobots: token missing');
  expect(row.getByText('No token')).toBeVisible();
  expect(row.getByText('rerobots has no token.')).toBeVisible();
  expect(row.getByRole('link', { name: 'Open Robot account' })).toHaveAttribute('href', '/robots/account');
});

it('sends nobody to a page that shows them nothing', async () => {
  show('viewer', cycle, purged);
  const row = await open('rerobots: token missing');
  expect(row.queryByRole('link')).toBeNull();
});

it('says who sets another key where one is refused that only the configuration holds', async () => {
  const platform = { name: 'platform', label: "Cycle's public API" } as const;
  show('viewer', cycle, upstream({ ...stale, ...platform, credentials: 'refused' }));
  const row = await open('public API: API key refused');
  expect(row.getByText(/a new API key/)).toBeVisible();
});
