import { STATUS_CODES } from 'node:http';

import type { ErrorCode } from '@cyclorama/shared/errors.ts';
import { errorBody, errorCode } from '@cyclorama/shared/errors.ts';
import { z } from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';

import type { ApiOperation, ApiSuccess } from '../../http/api-operation.ts';
import { statusOf } from '../../http/errors.ts';

/** Bodies that are too large or in an unknown encoding keep the status of the parser. */
const BODY_STATUSES = [413, 415];
/** What an upstream refuses about the requested object keeps its status. */
const REFUSAL_STATUSES = [403, 404, 409, 422];

export function responsesOf(operation: ApiOperation): ZodOpenApiResponsesObject {
  const responses: Record<string, ZodOpenApiResponseObject> = {};
  for (const [status, codes] of errorsOf(operation)) responses[status] = errorResponse(status, codes);
  for (const success of operation.success) responses[success.status] = successResponse(success);
  if (operation.method === 'get') Object.assign(responses, { 304: notChanged, 308: toHttps });
  const passedOn = operation.passesOn?.();
  if (passedOn !== undefined) {
    responses['2XX'] = passedOnResponse(
      'The upstream’s own answer, as far as the catalogue names it.',
      passedOn.success,
    );
    responses['default'] = passedOnResponse(
      'The upstream’s own refusal, as far as the catalogue names it.',
      passedOn.failure,
    );
  }
  return responses;
}

function successResponse({ status, content }: ApiSuccess): ZodOpenApiResponseObject {
  const description = STATUS_CODES[status] ?? String(status);
  if (content === undefined) return { description };
  const types = Object.entries(content).map(([type, schema]) => [type, schema === null ? {} : { schema }]);
  return { description, content: Object.fromEntries(types) };
}

const notChanged: ZodOpenApiResponseObject = {
  description: 'Not changed since the ETag in If-None-Match.',
};

const toHttps: ZodOpenApiResponseObject = {
  description: 'Asked over plain http: Location is the same over https.',
  content: { 'text/plain': {}, 'text/html': {} },
};

/** Without a body where the upstream's has none. */
function passedOnResponse(description: string, schema: z.ZodType): ZodOpenApiResponseObject {
  return {
    description: `${description} X-Upstream-Status repeats its status.`,
    headers: z.object({ 'X-Upstream-Status': z.string() }),
    content: { 'application/json': { schema } },
  };
}

/** By status, with the codes it may have. */
function errorsOf(operation: ApiOperation): [string, ErrorCode[]][] {
  const { method, access, limited = false, params, query, body } = operation;
  const change = method !== 'get';
  const codes = new Set<ErrorCode>(['invalid-request', 'starting', 'internal']);
  const add = (...more: ErrorCode[]): void => more.forEach((code) => codes.add(code));
  if (access === 'anyone') {
    if (limited) add('rate-limited');
    if (change) add('sign-in-refused', 'csrf', 'forbidden', 'rate-limited', 'store-unavailable');
  } else {
    add('unauthenticated', 'forbidden', 'rate-limited', 'shutting-down', 'store-unavailable');
    if (change) add('csrf', 'conflict', 'not-allowed-now', 'key-reused');
    if (access === 'secret') add('not-found');
    if ([params, query, body].some((each) => each !== undefined)) add('not-found');
  }
  if (change || access !== 'anyone') add(...upstreamCodes);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const statuses = [statusOf[code], ...(code === 'upstream-refused' ? REFUSAL_STATUSES : [])];
    if (code === 'invalid-request' && (change || operation.passesOn !== undefined))
      statuses.push(...BODY_STATUSES);
    for (const status of statuses) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].map(([status, list]) => [String(status), list]);
}

const upstreamCodes = errorCode.options.filter((code) => code.startsWith('upstream-'));

function errorResponse(status: string, codes: ErrorCode[]): ZodOpenApiResponseObject {
  return {
    description: `${STATUS_CODES[status] ?? 'Error'}: ${codes.join(', ')}.`,
    content: { 'application/json': { schema: errorBody } },
  };
}
