import { paths } from '@cyclorama/shared/paths.ts';
import { timelinePage, timelineQuery } from '@cyclorama/shared/timeline.ts';

import type { Feature } from '../../http/feature.ts';
import { route } from '../../http/route.ts';
import type { BaseContext } from '../context.ts';
import { createTimelineService } from './service.ts';
import type { TimelineDeps } from './service.ts';

export function timelineFeature({ db }: BaseContext, needs: Omit<TimelineDeps, 'db'>): Feature {
  const timeline = createTimelineService({ db, ...needs });
  return {
    routes: [
      route({
        method: 'get',
        path: paths.timeline(),
        summary: 'Actions, events of objects and Cycle’s jobs as one list, newest first',
        role: 'viewer',
        query: timelineQuery,
        response: timelinePage,
        handler: ({ query, person }) => timeline.page(query, person.role),
      }),
    ],
  };
}
