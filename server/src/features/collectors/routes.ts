import { collectAnswer, collectorsResponse, collectReport } from '@cyclorama/shared/collectors.ts';
import type { CollectReport } from '@cyclorama/shared/collectors.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import type { RequestHandler } from 'express';
import { Router } from 'express';
import { rateLimit } from 'express-rate-limit';

import type { ApiOperation } from '../../http/api-operation.ts';
import { addressKey } from '../../http/client-address.ts';
import { parseJson, readBody } from '../../http/request-body.ts';
import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import { validate } from '../../http/validate.ts';
import { isSignedBy, SIGNATURE_HEADER } from '../../lib/collect-signature.ts';
import { AppError } from '../../lib/errors.ts';
import type { CollectorsService } from './service.ts';

/** A report has half a megabyte of frames, or one larger frame. */
const MAX_REPORT_BYTES = 8 * 1_048_576;
const WINDOW_MS = 60_000;
/** Per address and window. A collector sends six, and more where it catches up; one that is refused waits. */
const MAX_REPORTS = 600;

export const collectOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: paths.collect(),
    summary: 'For collectors: hands over what was read on another server',
    access: 'secret',
    body: collectReport,
    success: [{ status: 200, content: { 'application/json': collectAnswer } }],
  },
];

/** Neither a session nor an access token opens it, only a body signed with the secret. */
export function collectRouter(collectors: Pick<CollectorsService, 'take'>, secret: string | null): Router {
  const router = Router();
  const limit = rateLimit({
    windowMs: WINDOW_MS,
    limit: MAX_REPORTS,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: addressKey,
    handler: () => {
      throw new AppError('rate-limited', 'Too many reports from this address.', {
        hint: 'Try again in a minute.',
        retryAfterSeconds: WINDOW_MS / 1_000,
      });
    },
  });
  const take: RequestHandler = async (request, response) => {
    if (secret === null)
      throw new AppError('not-found', 'This dashboard takes no reports of collectors.', {
        hint: 'Set COLLECT_SECRET.',
      });
    const signature = request.get(SIGNATURE_HEADER);
    if (signature === undefined) throw unsigned();
    const body = await readBody(request, MAX_REPORT_BYTES);
    if (!isSignedBy(secret, body, signature)) throw unsigned();
    const report = validate(collectReport, 'body', parseJson(body)) as CollectReport;
    const answer = await collectors.take(report);
    response.set('Cache-Control', 'no-store').json(collectAnswer.parse(answer));
  };
  router.post(paths.collect(), limit, take);
  return router;
}

function unsigned(): AppError {
  return new AppError('unauthenticated', 'This report is not signed with the dashboard’s secret.', {
    hint: 'Give COLLECT_SECRET the same value on the dashboard and on the collector.',
  });
}

export function collectorRoutes(collectors: Pick<CollectorsService, 'list'>): Route[] {
  return [
    route({
      method: 'get',
      path: paths.collectors(),
      summary: 'Who reads which server’s telemetry',
      role: 'viewer',
      response: collectorsResponse,
      handler: () => collectors.list(),
    }),
  ];
}
