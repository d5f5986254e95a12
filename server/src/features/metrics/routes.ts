import { createHash, timingSafeEqual } from 'node:crypto';

import { paths } from '@cyclorama/shared/paths.ts';
import { Router } from 'express';

import type { ApiOperation } from '../../http/api-operation.ts';
import { bearerOf, createBearerLimit } from '../../http/bearer.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { MetricsService } from './service.ts';

export const metricsOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: paths.metrics(),
    summary: 'For Prometheus: how this process does, and what the instances use where that is switched on',
    access: 'secret',
    opensBy: 'metricsToken',
    success: [{ status: 200, content: { 'text/plain': null } }],
  },
];

type Deps = { metrics: Pick<MetricsService, 'text'> | null; token: string | null; clock: Clock };

/** Neither a session nor an access token opens it, only `METRICS_TOKEN`. */
export function metricsRouter({ metrics, token, clock }: Deps): Router {
  const router = Router();
  const limit = createBearerLimit(() => clock.now());
  router.get(paths.metrics(), async (request, response) => {
    if (metrics === null || token === null)
      throw new AppError('not-found', 'Metrics are off.', { hint: 'Set METRICS_TOKEN.' });
    const given = bearerOf(request);
    if (given === null || !isSame(given, token)) {
      if (given !== null) limit.refused(request);
      response.set('WWW-Authenticate', 'Bearer');
      throw new AppError('unauthenticated', 'The token is missing or is not the one in METRICS_TOKEN.', {
        hint: 'Give it to Prometheus as `authorization: { credentials_file: … }`.',
      });
    }
    const { contentType, body } = await metrics.text();
    response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(body);
  });
  return router;
}

/** In the same time wherever they differ, and whatever their lengths. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
