import type { RequestHandler } from 'express';

import { AppError } from '../lib/errors.ts';
import { BodyError, hasBody, parseJson, readBody } from './request-body.ts';

/** At most 256 kB into `request.body`; other types are refused; without a body it stays undefined. */
export const jsonBody: RequestHandler = async (request, _response, next) => {
  if (hasBody(request)) {
    if (!request.is('application/json')) {
      const message = 'The request body has the wrong type: expected application/json.';
      throw new AppError('invalid-request', message, { field: 'header.Content-Type' });
    }
    const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.get('content-type') ?? '')?.[1];
    if (charset !== undefined && charset.toLowerCase() !== 'utf-8')
      throw new BodyError(415, 'The request body is in an encoding that is not supported: expected UTF-8.');
    const bytes = await readBody(request);
    if (bytes.length > 0) request.body = parseJson(bytes);
  }
  next();
};
