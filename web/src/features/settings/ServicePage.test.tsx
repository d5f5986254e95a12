import { paths } from '@cyclorama/shared/paths.ts';
import type { EnvironmentSettings } from '@cyclorama/shared/settings.ts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import { live } from '../../testing/builders/common.ts';
import { environment, topologyOf } from '../../testing/builders/topology.ts';
import { showPage } from '../../testing/show-page.tsx';
import { ServicePage } from './ServicePage.tsx';

const service = (name: string, over: Partial<EnvironmentSettings['services'][number]> = {}) => ({
  name,
  enabled: true,
  containerId: null,
  highAvailability: false,
  autoUpdate: true,
  ...over,
});
const settings: EnvironmentSettings = {
  freshness: live,
  id: 'e',
  name: 'Orchard',
  identifier: 'orchard',
  cluster: 'main',
  description: null,
  state: 'live',
  createdAt: null,
  legacyNetworking: null,
  monitoring: null,
  privateNetwork: null,
  deploymentTags: [],
  services: [service('scheduler', { enabled: false }), service('vpn', { containerId: 'c'.repeat(24) })],
  loadBalancer: null,
  vpn: null,
  scheduler: { public: false, accessKeys: [{ name: 'ci', ips: ['10.0.0.1'] }] },
  discovery: null,
};
/** In place of what another feature draws. */
const Shown = () => <ServicePage eventsOf={(id, event) => `events of ${id}, ${event ?? 'all'}`} />;
const show = (name: string) =>
  showPage('/services/$service', `/services/${name}`, Shown, 'viewer', ({ path }) =>
    path === paths.topology() ? { body: topologyOf([environment]) } : { body: settings },
  );

it('shows how a service without a container is set, and why it has none', async () => {
  show('scheduler');
  expect(await screen.findByRole('heading', { level: 1, name: 'Function scheduler' })).toBeVisible();
  const set = await screen.findByRole('region', { name: 'Settings of the service' });
  expect(set).toHaveTextContent('Key ci');
  expect(within(set).getByText('Off')).toBeVisible();
  await userEvent.click(await screen.findByRole('tab', { name: 'Events' }));
  expect(await screen.findByText('events of env, all')).toBeVisible();
  expect(screen.getByText(/an event of its environment, Lab/)).toBeVisible();
  await userEvent.click(screen.getByRole('tab', { name: 'Relations' }));
  expect(await screen.findByText(/It has no container: the service is switched off/)).toBeVisible();
  await userEvent.click(screen.getByRole('tab', { name: 'Raw' }));
  expect(await screen.findByLabelText('JSON of the answer')).toHaveTextContent('"name": "scheduler"');
});

it('leads to the container of one that has it', async () => {
  show('vpn');
  await userEvent.click(await screen.findByRole('tab', { name: 'Relations' }));
  expect(await screen.findByRole('link', { name: 'c'.repeat(24) })).toHaveAttribute(
    'href',
    `/containers/${'c'.repeat(24)}`,
  );
});

it('says where there is no such service', async () => {
  show('mail');
  expect(await screen.findByText('There is no such service in this environment.')).toBeVisible();
});
