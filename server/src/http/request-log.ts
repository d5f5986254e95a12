import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ErrorCode } from '@cyclorama/shared/errors.ts';
import type { RequestHandler, Response } from 'express';
import type { Logger as PinoLogger } from 'pino';
import { pinoHttp } from 'pino-http';

const LONG_SEGMENT = 40;

/** What the handlers learn about a request, for the line that is logged at its end. */
type Noted = { person?: string; code?: ErrorCode };

/** Asked every few seconds, and answered 503 for as long as the store is away. */
const PROBES = new Set(['/healthz', '/readyz']);

/** Who asks, or whose name a sign-in gave. */
export function notePerson(response: Response, person: string): void {
  (response.locals as Noted).person = person;
}

/** Why the request is refused. */
export function noteError(response: Response, code: ErrorCode): void {
  (response.locals as Noted).code = code;
}

/**
 * Gives every request an id (also in the answer's `X-Request-Id`) and logs its end with person, outcome and error code:
 * changes, sign-ins and refusals as `info`, 5xx as `warn`, reads as `debug`. Never headers, bodies or query values; a
 * path segment long enough to be a secret is shortened.
 */
export function requestLog(logger: PinoLogger, newId: () => string = randomUUID): RequestHandler {
  const withOutcome = (_request: IncomingMessage, response: ServerResponse, fields: object): object => {
    const { person, code } = notedOf(response);
    return { ...fields, person, outcome: outcomeOf(response.statusCode), code };
  };
  return pinoHttp({
    logger,
    genReqId: (_request: IncomingMessage, response: ServerResponse) => {
      const id = newId();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    customLogLevel: levelOf,
    wrapSerializers: false,
    serializers: {
      req: (request: LoggedRequest) => ({ id: request.id, method: request.method, path: pathOf(request) }),
      res: (response: ServerResponse) => ({ status: response.statusCode }),
    },
    customSuccessObject: withOutcome,
    // The failure itself is logged where it is understood; here its stack would only say that a 5xx was sent.
    customErrorObject: (request, response, _error, fields: object) => ({
      ...withOutcome(request, response, fields),
      err: undefined,
    }),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
  });
}

type LoggedRequest = IncomingMessage & { id?: unknown; originalUrl?: string };

const notedOf = (response: ServerResponse & { locals?: Noted }): Noted => response.locals ?? {};
const pathOf = ({ originalUrl, url = '' }: LoggedRequest): string => safePath(originalUrl ?? url);

function levelOf(request: IncomingMessage, response: ServerResponse): 'debug' | 'info' | 'warn' {
  const { statusCode } = response;
  const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '');
  if (PROBES.has(pathOf(request))) return 'debug';
  // Every open page asks again and again meanwhile; the store says once that it is away.
  if (notedOf(response).code === 'store-unavailable') return isRead ? 'debug' : 'info';
  if (statusCode >= 500) return 'warn';
  return statusCode >= 400 || !isRead ? 'info' : 'debug';
}

function outcomeOf(status: number): 'done' | 'refused' | 'failed' {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'done';
}

/** The path without its query, and without segments that may be secrets by their length. */
export function safePath(url: string): string {
  return (url.split('?', 1)[0] ?? '')
    .split('/')
    .map((segment) => (segment.length > LONG_SEGMENT ? '…' : segment))
    .join('/');
}
