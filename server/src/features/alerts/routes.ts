import {
  acknowledgeRequest,
  alert,
  alertsQuery,
  alertsResponse,
  alertsSummary,
  alertsWithinQuery,
  alertsWithinResponse,
} from '@cyclorama/shared/alerts.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { AlertsService } from './service.ts';

const ofOne = z.object({ id: z.string().min(1).max(100) });

export function alertRoutes(alerts: AlertsService): Route[] {
  return [
    route({
      method: 'get',
      path: paths.alerts(),
      summary: 'Alerts that are open, or those that are over, newest first',
      role: 'viewer',
      query: alertsQuery,
      response: alertsResponse,
      handler: ({ query }) => alerts.list(query),
    }),
    route({
      method: 'get',
      path: paths.alertsSummary(),
      summary: 'How many alerts fire, and how bad the worst is',
      role: 'viewer',
      response: alertsSummary,
      handler: () => alerts.summary(),
    }),
    route({
      method: 'get',
      path: paths.alertsWithin(),
      summary: 'Alerts of an object that fired within a time, newest first',
      role: 'viewer',
      query: alertsWithinQuery,
      response: alertsWithinResponse,
      handler: ({ query: { of, from, to } }) =>
        alerts.within({ of, from: Date.parse(from), to: Date.parse(to) }),
    }),
    route({
      method: 'get',
      path: '/api/alerts/:id',
      summary: 'One alert, open or over',
      role: 'viewer',
      params: ofOne,
      response: alert,
      handler: ({ params: { id } }) => alerts.get(id),
    }),
    route({
      method: 'post',
      path: '/api/alerts/:id/acknowledge',
      summary: 'Acknowledges an alert that fires, in your name',
      role: 'operator',
      params: ofOne,
      body: acknowledgeRequest,
      response: alert,
      onRepeat: 'harmless',
      handler: ({ params: { id }, body, person }) => alerts.acknowledge(id, body, person),
    }),
  ];
}
