import { catalogue, parametersOf } from '@cyclorama/shared/catalogue.ts';
import type { Operation } from '@cyclorama/shared/catalogue.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { z } from 'zod';

import type { ApiOperation } from '../api-operation.ts';
import { answerSchemas } from './answer-schemas.ts';

export const proxyOperations: readonly ApiOperation[] = catalogue.map((operation) => ({
  method: methodOf(operation),
  path: paths.proxy(operation.upstream, operation.path.replaceAll(/\{(\w+)\}/g, ':$1')),
  summary: operation.help,
  access: operation.proxied ? operation.role : 'nobody',
  sessionOnly: operation.sessionOnly,
  confirm: operation.confirm,
  passesOn: () => answerSchemas(operation),
  takesKey: operation.changes,
  params: textsOf(parametersOf(operation.path)),
  query: queryOf(operation),
  body: operation.method === 'POST' ? operation.body : undefined,
  success: [],
}));

function methodOf({ method }: Operation): ApiOperation['method'] {
  return ({ GET: 'get', POST: 'post', DELETE: 'delete' } as const)[method];
}

function queryOf({ query }: Operation): z.ZodObject | undefined {
  return Object.keys(query).length === 0 ? undefined : z.object(query).partial();
}

function textsOf(names: readonly string[]): z.ZodObject | undefined {
  if (names.length === 0) return undefined;
  return z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
}
