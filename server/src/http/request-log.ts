import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { RequestHandler } from 'express';
import type { Logger as PinoLogger } from 'pino';
import { pinoHttp } from 'pino-http';

const LONG_SEGMENT = 40;

/**
 * Gives every request an id (also in the answer's `X-Request-Id`) and logs its end: method, path, status, duration.
 * Never headers, bodies or query values; a path segment long enough to be a secret is shortened.
 */
export function requestLog(logger: PinoLogger, newId: () => string = randomUUID): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: (_request: IncomingMessage, response: ServerResponse) => {
      const id = newId();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'warn' : 'debug'),
    wrapSerializers: false,
    serializers: {
      req: (request: IncomingMessage & { id?: unknown; originalUrl?: string }) => ({
        id: request.id,
        method: request.method,
        path: safePath(request.originalUrl ?? request.url ?? ''),
      }),
      res: (response: ServerResponse) => ({ status: response.statusCode }),
    },
    // The failure itself is logged where it is understood; here its stack would only say that a 5xx was sent.
    customErrorObject: (_request, _response, _error, fields: { err?: unknown }) => ({
      ...fields,
      err: undefined,
    }),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
  });
}

/** The path without its query, and without segments that may be secrets by their length. */
export function safePath(url: string): string {
  return (url.split('?', 1)[0] ?? '')
    .split('/')
    .map((segment) => (segment.length > LONG_SEGMENT ? '…' : segment))
    .join('/');
}
