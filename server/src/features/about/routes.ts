import { paths } from '@cyclorama/shared/paths.ts';
import { about as aboutShape } from '@cyclorama/shared/session.ts';
import { Router } from 'express';
import { z } from 'zod';

import type { ApiOperation } from '../../http/api-operation.ts';
import { sendJson } from '../../http/json-response.ts';
import type { AboutService } from './service.ts';

const alive = z.object({ up: z.literal(true) });
const readinessShape = z.object({
  ready: z.boolean(),
  store: z.string(),
  reason: z.string().optional(),
  cycle: z.string(),
});

export const aboutOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: paths.about(),
    summary: 'Version and address of this dashboard',
    access: 'anyone',
    success: [{ status: 200, content: { 'application/json': aboutShape } }],
  },
  {
    method: 'get',
    path: '/healthz',
    summary: 'Alive',
    access: 'anyone',
    success: [{ status: 200, content: { 'application/json': alive } }],
  },
  {
    method: 'get',
    path: '/readyz',
    summary: 'Ready for requests',
    access: 'anyone',
    success: [
      { status: 200, content: { 'application/json': readinessShape } },
      { status: 503, content: { 'application/json': readinessShape } },
    ],
  },
];

/** `/healthz` (alive), `/readyz` (ready) and the version need no session. */
export function aboutRouter(service: AboutService): Router {
  const router = Router();
  router.get(paths.about(), async (request, response) => {
    await sendJson(request, response, aboutShape.parse(service.about()), 200);
  });
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ up: true });
  });
  router.get('/readyz', async (_request, response) => {
    const readiness = await service.readiness();
    response
      .status(readiness.ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json(readiness);
  });
  return router;
}
