import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';

import { live, refusal, upstream } from '../../testing/builders/common.ts';
import { showPage } from '../../testing/show-page.tsx';
import { HubPage } from './HubPage.tsx';

const LACKING = 'The API key of Cycle’s public API lacks the capability hubs-auditlog-view.';
const entries = [
  {
    id: 'a1',
    at: '2026-03-26T09:15:00Z',
    event: 'container.task.stop',
    status: 'error',
    by: { kind: 'account', name: 'Ada Keller' },
    on: { kind: 'container', id: '651586fca6078e98982dc222', name: 'api' },
    error: 'port in use',
  },
  {
    id: 'a2',
    at: null,
    event: 'hub.update',
    status: 'success',
    by: { kind: 'api-key', name: null },
    on: null,
    error: null,
  },
];
const show = (activity: { status?: number; body: unknown }, isSetUp = true) =>
  showPage('/hub', '/hub', HubPage, 'viewer', ({ path }) => {
    if (path === environmentPaths.hubActivity()) return activity;
    if (path === paths.upstreams()) {
      const state = isSetUp ? 'live' : 'unconfigured';
      return { body: { upstreams: [upstream({ name: 'platform', state })] } };
    }
    return { body: { freshness: live, id: 'h', name: 'Orchard', state: 'live', stateChangedAt: null } };
  });
const panel = () => screen.findByRole('region', { name: 'Hub activity' });

it('tells who did what in the hub, and what became of it', async () => {
  show({ body: { freshness: live, entries } });
  const row = await within(await panel()).findByRole('row', { name: /Container stop/ });
  for (const words of ['Failed', 'Ada Keller', 'port in use']) expect(row).toHaveTextContent(words);
  expect(within(row).getByRole('link', { name: 'api' })).toHaveAttribute(
    'href',
    expect.stringContaining('/containers/651586fca6078e98982dc222'),
  );
  expect(screen.getByRole('row', { name: /Hub update/ })).toHaveTextContent('an API key');
});

it('names the capability that is missing, in its place', async () => {
  show({ status: 502, body: refusal('upstream-refused', LACKING) });
  expect(await within(await panel()).findByText(LACKING, {}, { timeout: 10_000 })).toBeVisible();
  expect(await screen.findByText('Orchard')).toBeVisible();
}, 15_000);

it('says that it needs the public API where that is not set up', async () => {
  show({ status: 503, body: refusal('upstream-unconfigured', 'Not set up.') }, false);
  expect(await within(await panel()).findByText('Cycle jobs are not set up')).toBeVisible();
});
