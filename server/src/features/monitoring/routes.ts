import {
  metricsRequest,
  monitoringEventsRequest,
  sentResponse,
  snapshotsRequest,
} from '@cyclorama/shared/monitoring.ts';
import type { SentResponse } from '@cyclorama/shared/monitoring.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { MonitoringService } from './service.ts';

const shared = {
  method: 'post',
  role: 'operator',
  response: sentResponse,
  onRepeat: ({ outcome }: { outcome: string }) => JSON.parse(outcome) as SentResponse,
} as const;

export function monitoringRoutes(monitoring: MonitoringService): Route[] {
  return [
    route({
      ...shared,
      path: environmentPaths.sendMetrics(),
      summary: 'Sends metrics to Cycle’s monitoring; values are whole numbers',
      body: metricsRequest,
      handler: ({ body, ...by }) => monitoring.metrics(body, by),
    }),
    route({
      ...shared,
      path: environmentPaths.sendEvents(),
      summary: 'Sends events to Cycle’s monitoring',
      body: monitoringEventsRequest,
      handler: ({ body, ...by }) => monitoring.events(body, by),
    }),
    route({
      ...shared,
      path: environmentPaths.sendSnapshots(),
      summary: 'Hands in telemetry of a load balancer, by controller',
      body: snapshotsRequest,
      handler: ({ body, ...by }) => monitoring.snapshots(body, by),
    }),
  ];
}
