import { paths } from '@cyclorama/shared/paths.ts';
import { about as aboutShape } from '@cyclorama/shared/session.ts';
import { Router } from 'express';

import { sendJson } from '../../http/json-response.ts';
import type { AboutService } from './service.ts';

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
