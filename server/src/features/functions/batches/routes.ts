import { batchesResponse, batchRequest, batchStopRequest, claimBatch } from '@cyclorama/shared/claims.ts';
import { z } from 'zod';

import { route } from '../../../http/route.ts';
import type { Route } from '../../../http/route.ts';
import type { BatchesService } from './service.ts';

const params = z.object({ id: z.uuid('expected the id of a batch') });

export function batchRoutes(batches: BatchesService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/claim-batches',
      summary: 'Lists the batches',
      role: 'viewer',
      response: batchesResponse,
      handler: () => batches.list(),
    }),
    route({
      method: 'post',
      path: '/api/claim-batches',
      summary: 'Starts a batch of runs',
      role: 'operator',
      body: batchRequest,
      response: claimBatch,
      status: 201,
      onRepeat: ({ outcome }) => batches.detail(outcome),
      handler: ({ body, person, requestKey }) => batches.create(body, person, requestKey),
    }),
    route({
      method: 'get',
      path: '/api/claim-batches/:id',
      summary: 'One batch',
      role: 'viewer',
      params,
      response: claimBatch,
      handler: ({ params: { id } }) => batches.detail(id),
    }),
    route({
      method: 'post',
      path: '/api/claim-batches/:id/stop',
      summary: 'Stops a batch',
      role: 'operator',
      params,
      body: batchStopRequest,
      response: claimBatch,
      onRepeat: 'harmless',
      handler: ({ params: { id }, body, person }) => batches.stop(id, body, person),
    }),
  ];
}
