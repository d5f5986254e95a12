import {
  claim,
  claimDetail,
  claimRequest,
  claimsQuery,
  claimsResponse,
  functionsResponse,
  spawnRequest,
} from '@cyclorama/shared/claims.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { ClaimsService } from './claims.service.ts';
import type { FunctionsService } from './functions.service.ts';

const params = z.object({ id: z.uuid('expected the id of a claim') });

/** Function pools and claims. Everyone may look; operators claim, and act on their own; admins on all. */
export function functionRoutes(functions: FunctionsService, claims: ClaimsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/functions',
      role: 'viewer',
      response: functionsResponse,
      handler: () => functions.list(),
    }),
    route({
      method: 'get',
      path: '/api/claims',
      role: 'viewer',
      query: claimsQuery,
      response: claimsResponse,
      handler: ({ query }) => claims.list(query),
    }),
    route({
      method: 'post',
      path: '/api/claims',
      role: 'operator',
      body: claimRequest,
      response: claim,
      status: 201,
      handler: ({ body, person }) => claims.request(body, person),
    }),
    route({
      method: 'get',
      path: '/api/claims/:id',
      role: 'viewer',
      params,
      response: claimDetail,
      handler: ({ params: { id } }) => claims.detail(id),
    }),
    route({
      method: 'post',
      path: '/api/claims/:id/spawn',
      role: 'operator',
      params,
      body: spawnRequest,
      response: claim,
      handler: ({ params: { id }, body, person }) => claims.spawn(id, body.environmentVariables, person),
    }),
    route({
      method: 'post',
      path: '/api/claims/:id/release',
      role: 'operator',
      params,
      response: claim,
      handler: ({ params: { id }, person }) => claims.release(id, person),
    }),
  ];
}
