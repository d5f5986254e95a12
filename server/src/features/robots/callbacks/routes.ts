import type { Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';

import type { ApiOperation } from '../../../http/api-operation.ts';
import { addressKey } from '../../../http/client-address.ts';
import { HOOK_PATH } from './service.ts';
import type { RobotHook } from './service.ts';

/** A callback has about 500 bytes, and 4 kB more with a private key. */
const MAX_BYTES = 16 * 1024;
const MAX_MS = 5_000;
const WINDOW_MS = 60_000;
/** Per address and window. Each robot sends two; a whole team launching at once stays below. */
const MAX_CALLS = 60;

export const robotHookOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: `${HOOK_PATH}/:secret`,
    summary: 'For rerobots: tells that a robot has changed',
    access: 'anyone',
    params: z.object({ secret: z.string() }),
    body: z.unknown(),
    success: [{ status: 204 }],
  },
];

type Options = { hook: Pick<RobotHook, 'receive'>; calls?: number };

/**
 * `POST /api/hooks/rerobots/<secret>` always answers 204, so that nobody can find out which secrets are valid. The body
 * may contain a private key and is discarded unread. Mount it before the request log.
 */
export function robotHookRouter({ hook, calls = MAX_CALLS }: Options): Router {
  const router = Router();
  const limit = rateLimit({
    windowMs: WINDOW_MS,
    limit: calls,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: addressKey,
    handler: (request, response) => answer(request, response),
  });
  const receive: RequestHandler<{ secret: string }> = (request, response) => {
    answer(request, response, () => void hook.receive(request.params.secret));
  };
  router.post(`${HOOK_PATH}/:secret`, limit, receive);
  router.use(HOOK_PATH, (_request, response) => void response.status(404).end());
  return router;
}

/** Discards the body, then answers; calls `then` unless the body was too large or too slow. */
function answer(request: Request, response: Response, then: () => void = () => undefined): void {
  let bytes = 0;
  const finish = (whole: boolean): void => {
    clearTimeout(deadline);
    request.off('data', count).off('end', onEnd);
    if (!whole) response.set('Connection', 'close').on('finish', () => request.destroy());
    response.status(204).end();
    if (whole) then();
  };
  const onEnd = (): void => finish(true);
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) finish(false);
  };
  const deadline = setTimeout(() => finish(false), MAX_MS);
  request
    .on('data', count)
    .on('end', onEnd)
    .on('close', () => clearTimeout(deadline));
}
