import { firewallRequest, firewallResponse, vpnClient, vpnResponse } from '@cyclorama/shared/robot-access.ts';
import { z } from 'zod';

import type { Route } from '../../../http/route.ts';
import { route } from '../../../http/route.ts';
import type { RobotAccessService } from './service.ts';

const params = z.object({ id: z.uuid('expected the id of a booking') });
const firewallPath = '/api/bookings/:id/firewall';
const vpnPath = '/api/bookings/:id/vpn';

export function robotAccessRoutes(access: RobotAccessService): Route[] {
  return [
    route({
      method: 'get',
      path: firewallPath,
      role: 'operator',
      params,
      response: firewallResponse,
      handler: ({ params: { id }, ...requester }) => access.firewall(id, requester),
    }),
    route({
      method: 'post',
      path: firewallPath,
      role: 'operator',
      params,
      body: firewallRequest,
      response: firewallResponse,
      handler: ({ params: { id }, body, ...requester }) => access.addRule(id, body, requester),
    }),
    route({
      method: 'delete',
      path: firewallPath,
      role: 'operator',
      params,
      response: firewallResponse,
      handler: ({ params: { id }, ...requester }) => access.clear(id, requester),
    }),
    route({
      method: 'get',
      path: vpnPath,
      role: 'operator',
      params,
      response: vpnResponse,
      handler: ({ params: { id }, person }) => access.vpn(id, person),
    }),
    route({
      method: 'post',
      path: vpnPath,
      role: 'operator',
      noStore: true,
      params,
      response: vpnClient,
      status: 201,
      handler: ({ params: { id }, person }) => access.addVpnClient(id, person),
    }),
  ];
}
