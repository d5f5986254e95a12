import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ErrorCode } from '@cyclorama/shared/errors.ts';
import type { Response } from 'express';
import type { Logger as PinoLogger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { HttpLogger } from 'pino-http';

import { visibleText } from '../lib/visible-text.ts';
import { traceOf } from './request-id.ts';
import type { NameRequest } from './request-id.ts';

const LONG_SEGMENT = 40;

/** Set by handlers for the line logged at the request's end. */
type Noted = { person?: string; code?: ErrorCode };

/** Polled every few seconds, and 503 while the store is away. */
const PROBES = new Set(['/healthz', '/readyz']);

export function notePerson(response: Response, person: string): void {
  // Anyone may try any name, and a terminal acts on some of what it prints.
  (response.locals as Noted).person = visibleText(person);
}

export function noteError(response: Response, code: ErrorCode): void {
  (response.locals as Noted).code = code;
}

/**
 * A request's end is logged with person, outcome and error code: changes,
 * sign-ins and refusals as `info`, 5xx as `warn`, reads as `debug`. Never headers, bodies or query values; a path
 * segment long enough to be a secret is shortened.
 */
export function requestLog(logger: PinoLogger, name: NameRequest): HttpLogger {
  const withOutcome = (request: IncomingMessage, response: ServerResponse, fields: object): object => {
    const { person, code } = notedOf(response);
    const trace = traceOf(request)?.id;
    return { ...fields, trace, person, outcome: outcomeOf(response.statusCode), code };
  };
  return pinoHttp({
    logger,
    genReqId: name,
    customLogLevel: levelOf,
    wrapSerializers: false,
    serializers: {
      req: (request: LoggedRequest) => ({ id: request.id, method: request.method, path: pathOf(request) }),
      res: (response: ServerResponse) => ({ status: response.statusCode }),
    },
    customSuccessObject: withOutcome,
    // The failure is logged where it is handled; here its stack would only say that a 5xx was sent.
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
  // Every open page retries meanwhile; the store logs its outage once.
  if (notedOf(response).code === 'store-unavailable') return isRead ? 'debug' : 'info';
  if (statusCode >= 500) return 'warn';
  return statusCode >= 400 || !isRead ? 'info' : 'debug';
}

function outcomeOf(status: number): 'done' | 'refused' | 'failed' {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'done';
}

/** Without the query, and without segments long enough to be secrets. */
export function safePath(url: string): string {
  return (url.split('?', 1)[0] ?? '')
    .split('/')
    .map((segment) => (segment.length > LONG_SEGMENT ? '…' : segment))
    .join('/');
}
