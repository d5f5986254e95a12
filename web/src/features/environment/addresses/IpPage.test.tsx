import type { NodeOf } from '@cyclorama/shared/topology.ts';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';

import { refusal } from '../../../testing/builders/common.ts';
import { container, inState, instance, server, topologyOf } from '../../../testing/builders/topology.ts';
import { showPage } from '../../../testing/show-page.tsx';
import { IpPage } from './IpPage.tsx';

const ip = (over: Partial<NodeOf<'ip'>> = {}): NodeOf<'ip'> => ({
  kind: 'ip',
  id: 'ip1',
  name: '203.0.113.7',
  family: 'ipv4',
  instanceId: null,
  containerId: null,
  virtualMachineId: null,
  state: inState('available'),
  ...over,
});
const show = (node: NodeOf<'ip'>, address = '/ips/ip1') =>
  showPage('/ips/$ipId', address, IpPage, 'viewer', ({ path }) =>
    path === '/api/topology'
      ? {
          body: topologyOf([
            container('c1', { name: 'lb' }),
            server('s1', 'ams', { name: 'ams-1' }),
            instance('i1', 'c1', { name: 'lb-1', serverId: 's1' }),
            node,
          ]),
        }
      : { status: 404, body: refusal('not-found', 'No.') },
  );
const fact = async (name: string) =>
  within((await screen.findByText(name, { selector: 'dt' })).parentElement ?? document.body);

it('leads to the instance that uses it, its container and its server', async () => {
  show(ip({ instanceId: 'i1', containerId: 'c1', state: inState('assigned') }));
  await screen.findByRole('heading', { level: 1, name: '203.0.113.7' });
  const links = async (name: string) => (await fact(name)).getByRole('link').getAttribute('href');
  expect(await links('Used by')).toBe('/instances/i1');
  expect(await links('Of container')).toBe('/containers/c1');
  expect(await links('On server')).toBe('/servers/s1');
});

it('says that nobody uses it, and nothing of what it has not', async () => {
  show(ip());
  expect((await fact('Used by')).getByText('nobody')).toBeVisible();
  expect(screen.queryByText('On server')).not.toBeInTheDocument();
  expect(screen.queryByText('Of container')).not.toBeInTheDocument();
});

it('says where there is no such IP', async () => {
  show(ip(), '/ips/gone');
  expect(await screen.findByText('There is no such IP address in this environment.')).toBeVisible();
});
