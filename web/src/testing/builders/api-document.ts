import { catalogue } from '@cyclorama/shared/catalogue.ts';
import type { Operation } from '@cyclorama/shared/catalogue.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { z } from 'zod';

import type { ApiDocument, DocumentedOperation } from '../../api/api-document.ts';
import type { JsonSchema } from '../../lib/json-schema.ts';

const schemaOf = (type: z.ZodType): JsonSchema =>
  z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

function documented({
  id,
  method,
  help,
  query,
  body,
  role,
  sessionOnly,
  confirm,
}: Operation): DocumentedOperation {
  const content = { 'application/json': { schema: schemaOf(body) } };
  return {
    operationId: id,
    tags: ['proxy'],
    summary: help,
    description: '',
    parameters: Object.entries(query).map(([name, type]) => ({
      in: 'query' as const,
      name,
      required: false,
      schema: schemaOf(type),
    })),
    ...(method === 'POST' ? { requestBody: { required: true, content } } : {}),
    responses: {},
    'x-role': role,
    'x-session-only': sessionOnly,
    'x-confirm': confirm,
  };
}

/** What the server says of the operations that its proxy passes on. */
export function proxyDocument(): ApiDocument {
  const items: ApiDocument['paths'] = {};
  for (const operation of catalogue.filter(({ proxied }) => proxied)) {
    const path = paths.proxy(operation.upstream, operation.path);
    const method = ({ GET: 'get', POST: 'post', DELETE: 'delete' } as const)[operation.method];
    items[path] = { ...items[path], [method]: documented(operation) };
  }
  return {
    openapi: '3.1.1',
    info: { version: '1', description: '' },
    paths: items,
    components: { schemas: {} },
  };
}
