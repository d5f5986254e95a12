import { activityPage, activityQuery } from '@cyclorama/shared/activity.ts';
import { paths } from '@cyclorama/shared/paths.ts';

import type { Route } from '../../http/route.ts';
import { route } from '../../http/route.ts';
import type { ActivityService } from './service.ts';

export function activityRoutes(activity: ActivityService): Route[] {
  return [
    route({
      method: 'get',
      path: paths.activity(),
      summary: 'Lists what was done and detected, newest first',
      role: 'viewer',
      query: activityQuery,
      response: activityPage,
      handler: ({ query, person }) => activity.page(query, person.role),
    }),
  ];
}
