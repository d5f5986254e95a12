import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { paths } from '@cyclorama/shared/paths.ts';
import type { RequestHandler } from 'express';

import type { SignedIn } from '../lib/person.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { EventStream } from './sse.ts';

type Options = {
  app: RequestListener;
  sessions: { read(seal: string | null): SignedIn | null };
  stream: Pick<EventStream, 'open' | 'closed'>;
  /** Middleware of every response: request id, log, headers. */
  before: readonly RequestHandler[];
};

/**
 * Opens streams of signed-in browsers before Express, whose overhead is several times the stream's own when thousands
 * reconnect at once. Other requests (access tokens, no session, another method) go through Express.
 */
export function createEventLane({ app, sessions, stream, before }: Options): RequestListener {
  const path = paths.events();
  const begin = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { url = '', headers } = request;
    if (request.method !== 'GET' || (url !== path && !url.startsWith(`${path}?`))) return false;
    if (stream.closed || headers.authorization !== undefined) return false;
    const session = sessions.read(readSessionCookie(request));
    if (session === null) return false;
    // These middlewares take a plain request and response and call `next` synchronously.
    for (const each of before) each(request as never, response as never, () => undefined);
    stream.open(request, response, session);
    return true;
  };
  return (request, response) => {
    if (!begin(request, response)) app(request, response);
  };
}
