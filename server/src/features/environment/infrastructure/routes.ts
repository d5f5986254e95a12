import {
  certificatesResponse,
  imageDownloadRequest,
  networkDetail,
  powerAnswer,
  powerRequest,
  serverDetail,
  serverImages,
  servicesResponse,
  virtualMachineDetail,
} from '@cyclorama/shared/infrastructure.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { z } from 'zod';

import { route } from '../../../http/route.ts';
import type { Route } from '../../../http/route.ts';
import type { InfrastructureService } from './service.ts';

const params = z.object({ id: z.string().min(1).max(100) });

export function infrastructureRoutes(service: InfrastructureService): Route[] {
  return [
    ...ownServerRoutes(service),
    route({
      method: 'get',
      path: '/api/networks/:id',
      summary: 'One SDN network with its environments and their instances',
      role: 'viewer',
      params,
      response: networkDetail,
      handler: ({ params: { id } }) => service.network(id),
    }),
    route({
      method: 'get',
      path: '/api/virtual-machines/:id',
      summary: 'One virtual machine with its volumes and gateways',
      role: 'viewer',
      params,
      response: virtualMachineDetail,
      handler: ({ params: { id } }) => service.virtualMachine(id),
    }),
    route({
      method: 'get',
      path: paths.services(),
      summary: 'The environment’s services and how they are set',
      role: 'viewer',
      response: servicesResponse,
      handler: () => service.services(),
    }),
    route({
      method: 'get',
      path: '/api/containers/:id/certificates',
      summary: 'TLS certificates of a container by their public parts',
      role: 'admin',
      sessionOnly: true,
      params,
      response: certificatesResponse,
      handler: ({ params: { id } }) => service.certificates(id),
    }),
  ];
}

function ownServerRoutes(service: InfrastructureService): Route[] {
  return [
    route({
      method: 'get',
      path: paths.ownServer(),
      summary: 'The server this dashboard runs on',
      role: 'viewer',
      response: serverDetail,
      handler: () => service.server(),
    }),
    route({
      method: 'get',
      path: paths.ownServerImages(),
      summary: 'Images on the server this dashboard runs on',
      role: 'viewer',
      response: serverImages,
      handler: () => service.images(),
    }),
    route({
      method: 'post',
      path: paths.ownServerImages(),
      summary: 'Has this server fetch an image ahead of its use',
      role: 'operator',
      body: imageDownloadRequest,
      response: serverImages,
      onRepeat: 'harmless',
      handler: ({ body: { imageId }, person }) => service.downloadImage(imageId, person.name),
    }),
    route({
      method: 'post',
      path: paths.ownServerPower(),
      summary: 'Reboots or powers off the server, and with it this dashboard',
      role: 'admin',
      sessionOnly: true,
      confirm: true,
      body: powerRequest,
      response: powerAnswer,
      status: 202,
      onRepeat: ({ outcome }) => powerAnswer.parse(JSON.parse(outcome)),
      handler: ({ body, person, requestKey }) => service.power(body, person.name, requestKey),
    }),
  ];
}
