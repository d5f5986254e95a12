import { STATUS_CODES } from 'node:http';

import type { ErrorBody, ErrorCode } from '@cyclorama/shared/errors.ts';
import type { ErrorRequestHandler, Request, Response } from 'express';

import { AppError, UpstreamError } from '../lib/errors.ts';
import type { UpstreamFault } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import { BodyError } from './request-body.ts';
import { requestIdOf } from './request-id.ts';
import { noteError } from './request-log.ts';
import { isSignedIn } from './session-gate.ts';

export const statusOf: Readonly<Record<ErrorCode, number>> = {
  'invalid-request': 400,
  unauthenticated: 401,
  'sign-in-refused': 401,
  'passkey-refused': 401,
  csrf: 403,
  forbidden: 403,
  'confirmation-needed': 403,
  'passkey-needed': 403,
  'not-found': 404,
  conflict: 409,
  'not-allowed-now': 409,
  'key-reused': 422,
  'rate-limited': 429,
  'upstream-unconfigured': 503,
  'upstream-unavailable': 502,
  'upstream-timeout': 504,
  'upstream-rate-limited': 429,
  'upstream-refused': 502,
  'upstream-invalid': 502,
  starting: 503,
  'shutting-down': 503,
  'store-unavailable': 503,
  internal: 500,
};

const codeOfFault: Record<UpstreamFault, ErrorCode> = {
  unconfigured: 'upstream-unconfigured',
  unreachable: 'upstream-unavailable',
  cut: 'upstream-unavailable',
  failed: 'upstream-unavailable',
  timeout: 'upstream-timeout',
  invalid: 'upstream-invalid',
  unauthorized: 'upstream-refused',
  refused: 'upstream-refused',
  'rate-limited': 'upstream-rate-limited',
};

/** Refusals about the requested object keep their status; all others are an upstream failure. */
const statusOfRefusal: Record<number, number> = { 400: 422, 403: 403, 404: 404, 409: 409, 422: 422 };

/** What to do next where the error itself says nothing nearer. */
const hintOf: Partial<Record<ErrorCode, string>> = {
  'not-found': 'It may have been deleted. Go back to the list.',
  conflict: 'Check its new state, then try again.',
  forbidden: 'Ask an admin.',
  'not-allowed-now': 'Nothing was changed.',
  'upstream-unconfigured': 'Ask an admin to set it up.',
  'upstream-rate-limited': 'Wait a moment, then try again.',
  'upstream-invalid': 'Try again in a moment. If it happens again, tell your admin.',
  'upstream-unavailable': 'Try again in a moment; the page reconnects by itself.',
  'upstream-timeout': 'It may have been carried out. Check the current state before you try again.',
  unauthenticated: 'Sign in and try again.',
  csrf: 'Reload the page and try again.',
};

const wordsToStranger: Record<Exclude<UpstreamFault, 'unconfigured'>, string> = {
  unreachable: 'The service that checks this does not answer.',
  timeout: 'The service that checks this did not answer in time.',
  cut: 'The service that checks this broke off in the middle of its answer.',
  invalid: 'The service that checks this sent an answer that can’t be read.',
  unauthorized: 'The service that checks this refuses the dashboard’s credentials.',
  'rate-limited': 'The service that checks this allows no more calls for now.',
  refused: 'The service that checks this refused the request.',
  failed: 'The service that checks this failed.',
};

type Described = { status: number; error: Omit<ErrorBody['error'], 'requestId'> };

export function describeError(error: unknown): Described | null {
  if (error instanceof AppError) return describeAppError(error);
  if (error instanceof UpstreamError) return describeUpstreamError(error);
  if (error instanceof BodyError) return describeBodyError(error);
  return null;
}

/** An upstream's own words may name accounts, addresses and versions: only for people who are signed in. */
function describeToStranger(error: unknown): Described | null {
  if (!(error instanceof UpstreamError) || error.fault === 'unconfigured') return describeError(error);
  const { upstream, fault, detail } = error;
  const message = wordsToStranger[fault];
  return describeUpstreamError(
    new UpstreamError(upstream, fault, message, { ...detail, upstreamMessage: '' }),
  );
}

function describeAppError({ code, message, hint, field, retryAfterSeconds }: AppError): Described {
  return {
    status: statusOf[code],
    error: { code, message, hint: hint ?? hintOf[code], field, retryAfterSeconds },
  };
}

function describeUpstreamError({ upstream, fault, message, detail }: UpstreamError): Described {
  const code = codeOfFault[fault];
  const status = (fault === 'refused' && statusOfRefusal[detail.status ?? 0]) || statusOf[code];
  const said = fault === 'refused' ? (detail.upstreamMessage ?? '') : '';
  // A client may have put it into its sentence already.
  const isTold = message.includes(said.replace(/\.$/u, ''));
  const words = isTold ? message : `${message} It said: ${said}`;
  const { retryAfterSeconds, hint = hintOf[code] } = detail;
  return { status, error: { code, message: words, hint, upstream, retryAfterSeconds } };
}

function describeBodyError({ status, message }: BodyError): Described {
  return { status, error: { code: 'invalid-request', message, field: 'body', hint: 'Nothing was changed.' } };
}

export function sendError(request: Request, response: Response, error: unknown, logger: Logger): void {
  const requestId = requestIdOf(request);
  const described = isSignedIn(request) ? describeError(error) : describeToStranger(error);
  if (described === null)
    logger.error({ err: error, requestId }, 'a request failed with an unexpected error');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, error: fields } = described ?? {
    status: 500,
    error: {
      code: 'internal' as const,
      message: 'Something went wrong on the server.',
      hint: `If it happens again, tell your admin the request id ${requestId}.`,
    },
  };
  noteError(response, fields.code);
  const body: ErrorBody = { error: { ...fields, requestId } };
  if (fields.retryAfterSeconds !== undefined) response.set('Retry-After', String(fields.retryAfterSeconds));
  response.status(status).set('Cache-Control', 'no-store').json(body);
}

/** `refused` is told of each error before it is answered. */
export function errorHandler(
  logger: Logger,
  refused: (request: Request, error: unknown) => void,
): ErrorRequestHandler {
  // Express recognises an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    if (isRoutingFault(error)) {
      const message = `The address could not be read (${STATUS_CODES[400]}).`;
      sendError(request, response, new AppError('invalid-request', message, { field: 'path' }), logger);
      return;
    }
    refused(request, error);
    sendError(request, response, error, logger);
  };
}

/** Express throws this for a path with a broken percent-encoding. */
function isRoutingFault(error: unknown): boolean {
  return error instanceof URIError;
}
