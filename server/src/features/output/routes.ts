import { consoleQuery, consoleResponse, logsQuery, logsResponse } from '@cyclorama/shared/output.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { ConsoleService } from './console/service.ts';
import type { LogsService } from './logs/service.ts';

const params = z.object({ id: z.string().min(1).max(100) });

/** What programs write may hold anything, their secrets too: not for viewers, and not for access tokens. */
export function outputRoutes(logs: LogsService, console: ConsoleService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/instances/:id/logs',
      summary: 'What an instance wrote in the last 72 hours',
      role: 'operator',
      sessionOnly: true,
      noStore: true,
      params,
      query: logsQuery,
      response: logsResponse,
      handler: ({ params: { id }, query }) => logs.read(id, query),
    }),
    route({
      method: 'get',
      path: '/api/instances/:id/console',
      summary: 'What an instance writes as it writes it, after its last 128 kB; waits for news',
      role: 'operator',
      sessionOnly: true,
      noStore: true,
      params,
      query: consoleQuery,
      response: consoleResponse,
      handler: ({ params: { id }, query }) => console.read(id, query.after),
    }),
  ];
}
