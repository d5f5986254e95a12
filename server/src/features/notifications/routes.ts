import { notificationsQuery, notificationsResponse } from '@cyclorama/shared/notifications.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { NotificationsService } from './service.ts';

export function notificationRoutes(notifications: NotificationsService): Route[] {
  return [
    route({
      method: 'get',
      path: environmentPaths.notifications(),
      summary: 'The newest notifications of Cycle, as they came',
      role: 'viewer',
      query: notificationsQuery,
      response: notificationsResponse,
      handler: ({ query }) => notifications.list(query),
    }),
  ];
}
