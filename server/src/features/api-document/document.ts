import { IDEMPOTENCY_KEY_HEADER, idempotencyKey } from '@cyclorama/shared/idempotency.ts';
import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type { ZodOpenApiOperationObject, ZodOpenApiParameters } from 'zod-openapi';

import type { ApiOperation } from '../../http/api-operation.ts';
import { nameSchemas } from './named-schemas.ts';
import { responsesOf } from './responses.ts';
import { securityOf, securitySchemes, whoMay } from './security.ts';

export type ApiDocument = ReturnType<typeof createDocument>;
export type DocumentOptions = {
  operations: readonly ApiOperation[];
  version: string;
  cookieName: string;
  serverUrl: string;
};

const description = `What the page does, scripts can do with an access token. Reads come from memory and are cheap; changes are on record.

Every answer carries an X-Request-Id. Errors have one form, and their code is one of a closed list.`;

/** OpenAPI 3.1. Operations that are always refused are left out. */
export function createApiDocument({ operations, version, cookieName, serverUrl }: DocumentOptions) {
  nameSchemas();
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    if (operation.access === 'nobody') continue;
    const path = templateOf(operation.path);
    paths[path] = { ...paths[path], [operation.method]: operationObject(operation) };
  }
  return createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'Cyclorama', version, description },
      servers: [{ url: serverUrl }],
      paths,
      components: { securitySchemes: securitySchemes(cookieName) },
    },
    { override: ({ jsonSchema }) => dropSafeIntegers(jsonSchema) },
  );
}

function operationObject(operation: ApiOperation): ZodOpenApiOperationObject {
  const { method, path, summary, access, sessionOnly = false, confirm = false, body } = operation;
  return {
    operationId: idOf(method, path),
    tags: [tagOf(path)],
    summary,
    description: whoMay(operation),
    security: securityOf(operation),
    requestParams: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: requestBodyOf(body) }),
    responses: responsesOf(operation),
    'x-role': access,
    'x-session-only': sessionOnly,
    'x-confirm': confirm,
  };
}

function requestBodyOf(schema: z.ZodType) {
  const required = !schema.safeParse(undefined).success;
  return { required, content: { 'application/json': { schema } } };
}

function parametersOf({ params, query, takesKey }: ApiOperation): ZodOpenApiParameters {
  const key = idempotencyKey
    .optional()
    .meta({ description: 'Names this request, so that sent again it is carried out once.' });
  return {
    ...(params instanceof z.ZodObject ? { path: params } : {}),
    ...(query instanceof z.ZodObject ? { query } : {}),
    ...(takesKey === true ? { header: z.object({ [IDEMPOTENCY_KEY_HEADER]: key }) } : {}),
  };
}

function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

/** `get /api/claims/:id` → `getClaimsById`. */
function idOf(method: string, path: string): string {
  const words = path
    .replace(/^\/api/, '')
    .replaceAll(/:(\w+)/g, 'by-$1')
    .match(/[A-Za-z0-9]+/g) ?? ['root'];
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function tagOf(path: string): string {
  const [, upstream] = /^\/api\/proxy\/(\w+)/.exec(path) ?? [];
  if (upstream !== undefined) return `proxy: ${upstream}`;
  return /^\/api\/([\w-]+)/.exec(path)?.[1] ?? 'health';
}

/** zod writes the limits of safe integers into every integer. */
function dropSafeIntegers(schema: { minimum?: number; maximum?: number }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}
