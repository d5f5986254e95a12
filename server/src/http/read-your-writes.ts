import type { RequestHandler } from 'express';

import type { SessionCookie } from './session-cookie.ts';

/** Long after the changes of a replica are known to the others. */
const COOKIE_MS = 10_000;

type Options = {
  cookie: SessionCookie;
  replicas: { position(): string | null; caughtUp(position: string): Promise<void> };
};

/**
 * A browser whose requests alternate between replicas never reads older than what it changed: the answer to a change
 * says in a cookie where the replica's changes stand, and the next one waits until it knows those.
 */
export function readYourWrites({ cookie, replicas }: Options): RequestHandler {
  return async (request, response, next) => {
    if (replicas.position() === null) {
      next();
      return;
    }
    const seen = cookie.read(request);
    if (seen !== null) await replicas.caughtUp(seen);
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) {
      const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => typeof response;
      response.writeHead = (...head: unknown[]) => {
        const position = replicas.position();
        if (position !== null) cookie.set(request, response, position, Date.now() + COOKIE_MS);
        return writeHead(...head);
      };
    }
    next();
  };
}
