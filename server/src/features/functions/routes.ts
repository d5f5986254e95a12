import { durationsResponse, functionsResponse } from '@cyclorama/shared/claims.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import { batchRoutes } from './batches/routes.ts';
import { claimRoutes } from './claims/routes.ts';
import type { ClaimsService } from './claims/service.ts';
import type { FunctionsService } from './pools/service.ts';

const params = z.object({
  id: z.string().regex(/^[0-9a-f]{24}$/, 'expected a 24-digit hexadecimal container id'),
});

export function functionRoutes(functions: FunctionsService, claims: ClaimsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/functions',
      summary: 'Lists the function pools',
      role: 'viewer',
      response: functionsResponse,
      handler: () => functions.list(),
    }),
    route({
      method: 'get',
      path: '/api/functions/:id/durations',
      summary: 'How long recent claims of a function waited and ran',
      role: 'viewer',
      params,
      response: durationsResponse,
      handler: ({ params: { id } }) => claims.durations(id),
    }),
    ...claimRoutes(claims),
    ...batchRoutes(claims.batches),
  ];
}
