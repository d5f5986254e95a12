import type { RequestHandler } from 'express';

import type { AppError } from '../lib/errors.ts';

export function refuseChangesWhile(refusal: () => AppError | null): RequestHandler {
  return (request, _response, next) => {
    const isChange = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    const error = isChange ? refusal() : null;
    if (error === null) next();
    else next(error);
  };
}
