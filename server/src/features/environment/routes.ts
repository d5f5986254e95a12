import {
  capacity,
  containerDetail,
  containerLives,
  instanceDetail,
  overview,
  task,
  taskBatchDetail,
  taskBatches,
  taskBatchRequest,
  taskRequest,
} from '@cyclorama/shared/environment.ts';
import { objectEventsPage, objectEventsQuery } from '@cyclorama/shared/object-events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { topology, topologyNodeAnswer } from '@cyclorama/shared/topology.ts';
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
      path: '/api/topology/:id',
      summary: 'One node of the topology',
      role: 'viewer',
      params,
      response: topologyNodeAnswer,
      handler: ({ params: { id } }) => service.topology.node(id),
    }),
    route({
      method: 'get',
      path: paths.environmentContainers(),
      summary: 'Restarts in 24 hours and the newest deployment of each container',
      role: 'viewer',
      response: containerLives,
      handler: () => service.containerLives(),
    }),
    route({
      method: 'get',
      path: paths.environmentCapacity(),
      summary: 'Instances by well-being over the last 24 hours, and what happened',
      role: 'viewer',
      response: capacity,
      handler: () => service.capacity(),
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
    ...taskBatchRoutes(service.taskBatches),
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

function taskBatchRoutes(batches: EnvironmentService['taskBatches']): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/task-batches',
      summary: 'Bulk actions, newest first',
      role: 'viewer',
      response: taskBatches,
      handler: () => batches.list(),
    }),
    route({
      method: 'post',
      path: '/api/task-batches',
      summary: 'Starts, stops or restarts many instances',
      role: 'operator',
      body: taskBatchRequest,
      response: taskBatchDetail,
      status: 202,
      onRepeat: ({ outcome }) => batches.detail(outcome),
      handler: ({ body, person, requestKey }) => batches.create(body, person.name, requestKey),
    }),
    route({
      method: 'get',
      path: '/api/task-batches/:id',
      summary: 'The outcomes of an action on many instances',
      role: 'viewer',
      params,
      response: taskBatchDetail,
      handler: ({ params: { id } }) => batches.detail(id),
    }),
    route({
      method: 'post',
      path: '/api/task-batches/:id/stop',
      summary: 'Lets those at work end and begins no other',
      role: 'operator',
      params,
      response: taskBatchDetail,
      onRepeat: 'harmless',
      handler: ({ params: { id }, person }) => batches.stop(id, person.name),
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
