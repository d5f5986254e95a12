import type { IncomingMessage } from 'node:http';

import type { Reply } from '../http/reply.ts';
import { ApiError } from '../http/reply.ts';
import type { HttpHandler } from '../http/serve.ts';
import { envelopeHandler, readJson, urlOf } from '../http/serve.ts';
import type { CycleParts } from './parts.ts';
import { READS } from './reads.ts';
import { requireScope } from './scope.ts';
import { BODILESS_WRITES, WRITES } from './writes.ts';

export function createCycleApi(parts: CycleParts): HttpHandler {
  const route = (request: IncomingMessage, path: string) => {
    if (request.method === 'GET') return READS[path];
    return request.method === 'POST' ? (WRITES[path] ?? BODILESS_WRITES[path]) : undefined;
  };
  return envelopeHandler(async (request): Promise<Reply> => {
    requireToken(parts, request);
    const url = urlOf(request);
    const answer = route(request, url.pathname);
    if (!answer) throw new ApiError(404, '404.uri', `${request.method} ${url.pathname}: no such operation`);
    requireScope(parts.world, url.pathname);
    const wantsBody = request.method === 'POST' && WRITES[url.pathname] !== undefined;
    const body = wantsBody ? await readJson(request) : undefined;
    return answer(parts, { query: url.searchParams, authorization: request.headers.authorization, body });
  });
}

export function requireToken({ world }: Pick<CycleParts, 'world'>, request: IncomingMessage): void {
  if (request.headers['x-cycle-token'] !== world.tokens.cycle)
    throw new ApiError(401, '401.auth-invalid', 'X-CYCLE-TOKEN: expected the token of an instance');
}
