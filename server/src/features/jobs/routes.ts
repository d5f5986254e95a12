import { jobDetail, jobsResponse } from '@cyclorama/shared/jobs.ts';
import { z } from 'zod';

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
    route({
      method: 'get',
      path: '/api/jobs/:id',
      summary: 'One job with its tasks and their steps',
      role: 'viewer',
      params: z.object({ id: z.string().min(1).max(100) }),
      response: jobDetail,
      handler: ({ params: { id } }) => jobs.job(id),
    }),
  ];
}
