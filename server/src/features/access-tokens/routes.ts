import {
  accessTokenCreated,
  accessTokenRequest,
  accessTokensResponse,
} from '@cyclorama/shared/access-tokens.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { AccessTokensService } from './service.ts';

const params = z.object({ id: z.uuid('expected the id of an access token') });

/** Not reachable with an access token: a stolen one must not make another. */
export function accessTokenRoutes(tokens: AccessTokensService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/access-tokens',
      role: 'viewer',
      sessionOnly: true,
      response: accessTokensResponse,
      handler: ({ person }) => tokens.list(person),
    }),
    route({
      method: 'post',
      path: '/api/access-tokens',
      role: 'viewer',
      sessionOnly: true,
      noStore: true,
      body: accessTokenRequest,
      response: accessTokenCreated,
      status: 201,
      handler: ({ body, person }) => tokens.create(body, person),
    }),
    route({
      method: 'delete',
      path: '/api/access-tokens/:id',
      role: 'viewer',
      sessionOnly: true,
      params,
      response: z.null(),
      status: 204,
      handler: async ({ params: { id }, person }) => {
        await tokens.revoke(id, person);
        return null;
      },
    }),
  ];
}
