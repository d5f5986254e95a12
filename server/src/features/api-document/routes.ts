import { paths } from '@cyclorama/shared/paths.ts';
import { z } from 'zod';

import type { ApiOperation } from '../../http/api-operation.ts';
import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { ApiDocument, DocumentOptions } from './document.ts';

type Deps = Omit<DocumentOptions, 'operations'> & { operations: () => readonly ApiOperation[] };

export function apiDocumentRoutes({ operations, ...options }: Deps): Route[] {
  let document: Promise<ApiDocument> | undefined;
  const make = async (): Promise<ApiDocument> => {
    // Loaded on demand: most processes are never asked.
    const { createApiDocument } = await import('./document.ts');
    return createApiDocument({ ...options, operations: operations() });
  };
  return [
    route({
      method: 'get',
      path: paths.apiDocument(),
      summary: 'This API as an OpenAPI 3.1 document',
      role: 'viewer',
      response: z.looseObject({ openapi: z.string() }),
      handler: async () => ({ ...(await (document ??= make())) }),
    }),
  ];
}
