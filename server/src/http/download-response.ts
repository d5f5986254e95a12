import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { RequestHandler } from 'express';

import type { DownloadRoute } from './download-route.ts';
import type { PersonLimit } from './person-limit.ts';
import { sessionOf } from './session-gate.ts';
import { validate } from './validate.ts';

/** Also for who reads a little now and then: it holds a cursor of the store all the while. */
const MAX_MS = 10 * 60_000;

/** Streams the file. On an error the connection is cut, so that no browser takes a part for the whole. */
export function downloadHandler(route: DownloadRoute, limit: PersonLimit): RequestHandler {
  return async (request, response) => {
    const query = validate(route.query, 'query', request.query);
    const leave = limit.enter(sessionOf(request));
    try {
      const { fileName, contentType, chunks } = route.open(query);
      response.set({
        'Content-Type': contentType,
        'Content-Disposition': `attachment; filename="${fileName}"`,
        'Cache-Control': 'private, no-store',
      });
      if (request.method === 'HEAD') response.end();
      else await pipeline(Readable.from(chunks), response, { signal: AbortSignal.timeout(MAX_MS) });
    } catch (error) {
      // A caller who hung up or was too slow needs no answer; other errors are thrown, and answered if nothing was sent.
      if (!isHangUp(error)) throw error;
    } finally {
      leave();
    }
  };
}

function isHangUp(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(String(error.code))
  );
}
