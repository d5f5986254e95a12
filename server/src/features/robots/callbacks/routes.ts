import type { Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

import { HOOK_PATH } from './service.ts';
import type { RobotHook } from './service.ts';

/** A callback of rerobots has some 500 bytes, and 4 kB more with a private key. */
const MOST_BYTES = 16 * 1024;
const MOST_MS = 5_000;
const WINDOW_MS = 60_000;
/** A robot tells its state twice; a whole team launching at once stays below. */
const CALLS = 60;

type Options = { hook: Pick<RobotHook, 'heard'>; calls?: number };

/**
 * `POST /api/hooks/rerobots/<secret>`: answers 204 whatever it is given, so that nobody learns from it which secrets
 * hold. The body, which may carry a private key, is let go unread. To be mounted before the request log.
 */
export function robotHookRouter({ hook, calls = CALLS }: Options): Router {
  const router = Router();
  const limit = rateLimit({
    windowMs: WINDOW_MS,
    limit: calls,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    handler: (request, response) => answered(request, response),
  });
  const hear: RequestHandler<{ secret: string }> = (request, response) => {
    answered(request, response, () => void hook.heard(request.params.secret));
  };
  router.post(`${HOOK_PATH}/:secret`, limit, hear);
  router.use(HOOK_PATH, (_request, response) => void response.status(404).end());
  return router;
}

/** Lets the body go by without keeping any of it, then answers; `then` only where it was neither too large nor slow. */
function answered(request: Request, response: Response, then: () => void = () => undefined): void {
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
    if (bytes > MOST_BYTES) finish(false);
  };
  const deadline = setTimeout(() => finish(false), MOST_MS);
  request
    .on('data', count)
    .on('end', onEnd)
    .on('close', () => clearTimeout(deadline));
}
