import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { paths } from '@cyclorama/shared/paths.ts';

import type { SignedIn } from '../lib/person.ts';
import type { EventStream } from './sse.ts';

type Options = {
  app: RequestListener;
  sessions: { of(request: IncomingMessage): SignedIn | null };
  stream: Pick<EventStream, 'open' | 'accepts' | 'closed'>;
  /** Left to Express, which redirects it; so are streams beyond a person's limit. */
  isPlainHttp: (request: IncomingMessage) => boolean;
  /** Adds what every response has: request id, log, headers. */
  prepare: (request: IncomingMessage, response: ServerResponse) => void;
};

/**
 * Opens streams of signed-in browsers before Express, whose overhead is several times the stream's own when thousands
 * reconnect at once. Other requests (access tokens, no session, another method) go through Express.
 */
export function createEventLane({ app, sessions, stream, isPlainHttp, prepare }: Options): RequestListener {
  const path = paths.events();
  const begin = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { url = '', headers } = request;
    if (request.method !== 'GET' || (url !== path && !url.startsWith(`${path}?`))) return false;
    if (stream.closed || headers.authorization !== undefined || isPlainHttp(request)) return false;
    const session = sessions.of(request);
    if (session === null || session.passkeyNeeded || !stream.accepts(session)) return false;
    prepare(request, response);
    stream.open(request, response, session);
    return true;
  };
  return (request, response) => {
    if (!begin(request, response)) app(request, response);
  };
}
