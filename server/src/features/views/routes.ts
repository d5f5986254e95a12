import { paths } from '@cyclorama/shared/paths.ts';
import { pinsResponse, savedView, viewRequest, viewsResponse } from '@cyclorama/shared/views.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { ViewsService } from './service.ts';

const ofView = z.object({ id: z.uuid('expected the id of a saved view') });
const ofNode = z.object({ id: z.string().min(1).max(100) });
const done = { response: z.null(), status: 204, onRepeat: 'harmless' } as const;

export function viewRoutes(views: ViewsService): Route[] {
  return [
    route({
      method: 'get',
      path: paths.views(),
      summary: 'Lists your saved views of the topology and those the team shares',
      role: 'viewer',
      response: viewsResponse,
      handler: async ({ person }) => ({ views: await views.list(person) }),
    }),
    route({
      method: 'post',
      path: paths.views(),
      summary: 'Saves a view of the topology under a name',
      role: 'viewer',
      body: viewRequest,
      response: savedView,
      status: 201,
      onRepeat: ({ outcome, person }) => views.get(outcome, person),
      handler: ({ body, person, requestKey }) => views.save(body, person, requestKey),
    }),
    route({
      ...done,
      method: 'delete',
      path: '/api/views/:id',
      summary: 'Deletes a saved view',
      role: 'viewer',
      params: ofView,
      handler: async ({ params: { id }, person }) => {
        await views.remove(id, person);
        return null;
      },
    }),
    route({
      method: 'get',
      path: paths.pins(),
      summary: 'Lists what you pinned',
      role: 'viewer',
      response: pinsResponse,
      handler: async ({ person }) => ({ pins: await views.pins(person) }),
    }),
    route({
      ...done,
      method: 'put',
      path: '/api/pins/:id',
      summary: 'Pins a node of the environment, so that it is first in your lists',
      role: 'viewer',
      params: ofNode,
      handler: async ({ params: { id }, person }) => {
        await views.pin(id, person);
        return null;
      },
    }),
    route({
      ...done,
      method: 'delete',
      path: '/api/pins/:id',
      summary: 'Unpins a node of the environment',
      role: 'viewer',
      params: ofNode,
      handler: async ({ params: { id }, person }) => {
        await views.unpin(id, person);
        return null;
      },
    }),
  ];
}
