import type { RequestHandler } from 'express';
import express from 'express';

import { AppError } from '../lib/errors.ts';

const parse = express.json({ limit: '256kb', strict: false });

/** At most 256 kB into `request.body`; other types are refused; without a body it stays undefined. */
export const jsonBody: RequestHandler = (request, response, next) => {
  const hasBody =
    request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
  if (hasBody && !request.is('application/json')) {
    const message = 'The request body has the wrong type: expected application/json.';
    throw new AppError('invalid-request', message, { field: 'header.Content-Type' });
  }
  parse(request, response, next);
};
