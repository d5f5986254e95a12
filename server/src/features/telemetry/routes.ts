import { telemetryStorage } from '@cyclorama/shared/telemetry-storage.ts';
import type { TelemetryStorage } from '@cyclorama/shared/telemetry-storage.ts';
import {
  containerQuery,
  groupQuery,
  latestQuery,
  latestResponse,
  telemetryQuery,
  telemetryResponse,
  topContainersQuery,
  topContainersResponse,
  topQuery,
  topResponse,
} from '@cyclorama/shared/telemetry.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { TelemetryService } from './types.ts';

const params = z.object({ id: z.string().min(1).max(100) });

export function telemetryRoutes(
  service: TelemetryService,
  storage: () => Promise<TelemetryStorage>,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/telemetry/instances/:id',
      summary: 'Measurements of an instance',
      role: 'viewer',
      params,
      query: telemetryQuery,
      response: telemetryResponse,
      handler: ({ params: { id }, query }) => service.instance(id, query),
    }),
    route({
      method: 'get',
      path: '/api/telemetry/containers/:id',
      summary: 'Measurements of a container’s instances, each or as one',
      role: 'viewer',
      params,
      query: containerQuery,
      response: telemetryResponse,
      handler: ({ params: { id }, query }) => service.container(id, query),
    }),
    route({
      method: 'get',
      path: '/api/telemetry/servers/:id',
      summary: 'Measurements of a server’s instances, as one or of the busiest',
      role: 'viewer',
      params,
      query: groupQuery,
      response: telemetryResponse,
      handler: ({ params: { id }, query }) => service.server(id, query),
    }),
    route({
      method: 'get',
      path: '/api/telemetry/environment',
      summary: 'Measurements of all instances, as one or of the busiest',
      role: 'viewer',
      query: groupQuery,
      response: telemetryResponse,
      handler: ({ query }) => service.environment(query),
    }),
    route({
      method: 'get',
      path: '/api/telemetry/top',
      summary: 'The instances that use most',
      role: 'viewer',
      query: topQuery,
      response: topResponse,
      handler: ({ query }) => service.top(query),
    }),
    route({
      method: 'get',
      path: '/api/telemetry/top/containers',
      summary: 'The containers that use most',
      role: 'viewer',
      query: topContainersQuery,
      response: topContainersResponse,
      handler: ({ query }) => service.topContainers(query),
    }),
    route({
      method: 'get',
      path: '/api/telemetry/latest',
      summary: 'What every measured instance uses now',
      role: 'viewer',
      query: latestQuery,
      response: latestResponse,
      handler: ({ query }) => service.latest(query.measure),
    }),
    route({
      method: 'get',
      path: '/api/telemetry/storage',
      summary: 'How far back what is stored reaches, and what a year of it takes',
      role: 'viewer',
      response: telemetryStorage,
      handler: () => storage(),
    }),
  ];
}
