import {
  containerDetail,
  instanceDetail,
  overview,
  task,
  taskRequest,
} from '@cyclorama/shared/environment.ts';
import { objectEventsPage, objectEventsQuery } from '@cyclorama/shared/object-events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { topology } from '@cyclorama/shared/topology.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import { snapshotRoute } from '../../http/snapshot-route.ts';
import type { SnapshotRoute } from '../../http/snapshot-route.ts';
import type { EnvironmentService } from './service.ts';

const params = z.object({ id: z.string().min(1).max(100) });

export function environmentRoutes(service: EnvironmentService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/overview',
      summary: 'The environment in numbers, and what needs attention',
      role: 'viewer',
      response: overview,
      handler: () => service.overview(),
    }),
    route({
      method: 'get',
      path: paths.environmentEvents(),
      summary: 'What happened to one object or to all, newest first',
      role: 'viewer',
      query: objectEventsQuery,
      response: objectEventsPage,
      handler: ({ query }) => service.events(query),
    }),
    route({
      method: 'get',
      path: '/api/containers/:id',
      summary: 'One container',
      role: 'viewer',
      params,
      response: containerDetail,
      handler: ({ params: { id } }) => service.container(id),
    }),
    route({
      method: 'get',
      path: '/api/instances/:id',
      summary: 'One instance',
      role: 'viewer',
      params,
      response: instanceDetail,
      handler: ({ params: { id } }) => service.instance(id),
    }),
    route({
      method: 'post',
      path: '/api/instances/:id/tasks',
      summary: 'Starts or stops an instance',
      role: 'operator',
      params,
      body: taskRequest,
      response: task,
      status: 202,
      onRepeat: ({ outcome }) => service.task(outcome),
      handler: ({ params: { id }, body, person, requestKey }) =>
        service.requestTask(id, body.action, person.name, requestKey),
    }),
  ];
}

/** Built once per revision and shared by all clients. */
export function environmentSnapshotRoutes(service: EnvironmentService): SnapshotRoute[] {
  return [
    snapshotRoute({
      path: '/api/topology',
      summary: 'Everything in the environment as nodes and edges',
      role: 'viewer',
      response: topology,
      current: () => service.topology.current(),
    }),
  ];
}
