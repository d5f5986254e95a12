import {
  deploymentDetail,
  robotTimeline,
  robotTimelineQuery,
  usageQuery,
  usageResponse,
  watchResponse,
} from '@cyclorama/shared/robot-fleet.ts';
import { z } from 'zod';

import { downloadRoute } from '../../../http/download-route.ts';
import type { DownloadRoute } from '../../../http/download-route.ts';
import { route } from '../../../http/route.ts';
import type { Route } from '../../../http/route.ts';
import type { RobotFleetService } from './service.ts';
import { usageFile } from './usage.export.ts';

const params = z.object({ id: z.uuid('expected the id of a deployment') });

export function robotFleetRoutes(fleet: RobotFleetService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/robots/deployments/:id',
      summary: 'One robot with its queue and bookings',
      role: 'viewer',
      params,
      response: deploymentDetail,
      handler: ({ params: { id }, person }) => fleet.detail(id, person),
    }),
    route({
      method: 'post',
      path: '/api/robots/deployments/:id/watch',
      summary: 'Notifies you when the robot is free',
      role: 'viewer',
      params,
      response: watchResponse,
      onRepeat: 'harmless',
      handler: ({ params: { id }, person }) => fleet.watch(id, person),
    }),
    route({
      method: 'delete',
      path: '/api/robots/deployments/:id/watch',
      summary: 'Stops notifying you',
      role: 'viewer',
      params,
      response: watchResponse,
      onRepeat: 'harmless',
      handler: ({ params: { id }, person }) => fleet.unwatch(id, person),
    }),
    route({
      method: 'get',
      path: '/api/robots/usage',
      summary: 'Use of the robots by person and type',
      role: 'viewer',
      query: usageQuery,
      response: usageResponse,
      handler: ({ query }) => fleet.usage(query),
    }),
    route({
      method: 'get',
      path: '/api/robots/timeline',
      summary: 'Who held and waited for which robot when',
      role: 'viewer',
      query: robotTimelineQuery,
      response: robotTimeline,
      handler: ({ query: { deployment, ...range } }) => fleet.timeline(range, deployment),
    }),
  ];
}

export function robotFleetDownloads(fleet: RobotFleetService): DownloadRoute[] {
  return [
    downloadRoute({
      path: '/api/robots/usage.csv',
      summary: 'Downloads the use of the robots as CSV',
      role: 'viewer',
      contentTypes: ['text/csv'],
      query: usageQuery,
      open: (range) => usageFile(range, () => fleet.usage(range)),
    }),
  ];
}
