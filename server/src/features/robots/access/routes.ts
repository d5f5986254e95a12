import { firewallRequest, firewallResponse, vpnClient, vpnResponse } from '@cyclorama/shared/robot-access.ts';
import { z } from 'zod';

import type { Route } from '../../../http/route.ts';
import { route } from '../../../http/route.ts';
import { AppError } from '../../../lib/errors.ts';
import type { RobotAccessService } from './service.ts';

const params = z.object({ id: z.uuid('expected the id of a booking') });
const firewallPath = '/api/bookings/:id/firewall';
const vpnPath = '/api/bookings/:id/vpn';

function shownBefore({ outcome }: { outcome: string }): never {
  const message = `VPN client ${outcome} was made already, by the same request. Its profile is shown only once and is not shown again.`;
  throw new AppError('conflict', message, { hint: 'If you don’t have the profile, make another client.' });
}

export function robotAccessRoutes(access: RobotAccessService): Route[] {
  return [
    route({
      method: 'get',
      path: firewallPath,
      summary: 'Firewall rules of a booked robot',
      role: 'operator',
      params,
      response: firewallResponse,
      handler: ({ params: { id }, ...requester }) => access.firewall(id, requester),
    }),
    route({
      method: 'post',
      path: firewallPath,
      summary: 'Adds a firewall rule',
      role: 'operator',
      params,
      body: firewallRequest,
      response: firewallResponse,
      onRepeat: 'harmless',
      handler: ({ params: { id }, body, ...requester }) => access.addRule(id, body, requester),
    }),
    route({
      method: 'delete',
      path: firewallPath,
      summary: 'Removes all firewall rules; from then on everything is dropped',
      role: 'operator',
      params,
      response: firewallResponse,
      onRepeat: 'harmless',
      handler: ({ params: { id }, ...requester }) => access.clear(id, requester),
    }),
    route({
      method: 'get',
      path: vpnPath,
      summary: 'State and clients of a robot’s VPN',
      role: 'operator',
      params,
      response: vpnResponse,
      handler: ({ params: { id }, person }) => access.vpn(id, person),
    }),
    route({
      method: 'post',
      path: vpnPath,
      summary: 'Makes a VPN client; its profile is shown only here',
      role: 'operator',
      // The profile holds a private key: a stolen access token must not get one.
      sessionOnly: true,
      confirm: true,
      noStore: true,
      params,
      response: vpnClient,
      status: 201,
      onRepeat: shownBefore,
      handler: ({ params: { id }, person, requestKey }) => access.addVpnClient(id, person, requestKey),
    }),
  ];
}
