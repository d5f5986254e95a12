import {
  alertDeliveriesQuery,
  alertDeliveriesResponse,
  alertDelivery,
  alertMessagesResponse,
} from '@cyclorama/shared/alert-deliveries.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { z } from 'zod';

import { route } from '../../../http/route.ts';
import type { Route } from '../../../http/route.ts';
import type { DeliveriesService } from './deliveries.service.ts';

const ofOne = z.object({ id: z.string().min(1).max(100) });

export function alertDeliveryRoutes(deliveries: DeliveriesService): Route[] {
  return [
    route({
      method: 'get',
      path: paths.alertMessages(),
      summary: 'What was told of alerts last, newest first',
      role: 'viewer',
      response: alertMessagesResponse,
      handler: () => deliveries.messages(),
    }),
    route({
      method: 'get',
      path: paths.alertDeliveries(),
      summary: 'Messages about alerts and how far each has come, newest first',
      role: 'admin',
      query: alertDeliveriesQuery,
      response: alertDeliveriesResponse,
      handler: ({ query: { limit } }) => deliveries.list(limit),
    }),
    route({
      method: 'post',
      path: '/api/alert-deliveries/:id/retry',
      summary: 'Sends a message about alerts again, now',
      role: 'admin',
      params: ofOne,
      response: alertDelivery,
      onRepeat: 'harmless',
      handler: ({ params: { id }, person }) => deliveries.retry(id, person),
    }),
  ];
}
