import { jobsResponse } from '@cyclorama/shared/jobs.ts';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { JobsService } from './service.ts';

export function jobRoutes(jobs: JobsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/jobs',
      summary: 'Lists the latest jobs of the hub',
      role: 'viewer',
      response: jobsResponse,
      handler: () => jobs.list(),
    }),
  ];
}
