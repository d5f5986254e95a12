import { deploymentsQuery, deploymentsResponse } from '@cyclorama/shared/robots.ts';

import { route } from '../../../http/route.ts';
import type { Route } from '../../../http/route.ts';
import type { DeploymentsService } from './service.ts';

export function deploymentRoutes(deployments: DeploymentsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/robots/deployments',
      summary: 'Lists and searches the robots',
      role: 'viewer',
      query: deploymentsQuery,
      response: deploymentsResponse,
      handler: ({ query }) => deployments.list(query),
    }),
  ];
}
