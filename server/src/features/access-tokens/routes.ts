import {
  accessTokenCreated,
  accessTokenRequest,
  accessTokensResponse,
} from '@cyclorama/shared/access-tokens.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import { AppError } from '../../lib/errors.ts';
import type { AccessTokensService } from './service.ts';

const params = z.object({ id: z.uuid('expected the id of an access token') });

function shownBefore({ outcome }: { outcome: string }): never {
  const message =
    'This access token was made already, by the same request. It is shown only once and is not shown again.';
  const hint = `If you don’t have it, revoke it (its id is ${outcome}) and make another one.`;
  throw new AppError('conflict', message, { hint });
}

/** Not reachable with an access token: a stolen one must not make another. */
export function accessTokenRoutes(tokens: AccessTokensService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/access-tokens',
      summary: 'Lists your access tokens',
      role: 'viewer',
      sessionOnly: true,
      response: accessTokensResponse,
      handler: ({ person }) => tokens.list(person),
    }),
    route({
      method: 'post',
      path: '/api/access-tokens',
      summary: 'Makes an access token; it is shown only here',
      role: 'viewer',
      sessionOnly: true,
      confirm: true,
      noStore: true,
      body: accessTokenRequest,
      response: accessTokenCreated,
      status: 201,
      onRepeat: shownBefore,
      handler: ({ body, person, requestKey }) => tokens.create(body, person, requestKey),
    }),
    route({
      method: 'delete',
      path: '/api/access-tokens/:id',
      summary: 'Revokes an access token',
      role: 'viewer',
      sessionOnly: true,
      confirm: true,
      params,
      response: z.null(),
      status: 204,
      onRepeat: 'harmless',
      handler: async ({ params: { id }, person }) => {
        await tokens.revoke(id, person);
        return null;
      },
    }),
  ];
}
