import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { RequestHandler } from 'express';

import type { DownloadRoute } from './download-route.ts';
import { validate } from './validate.ts';

/** Streams the file. On an error the connection is cut, so that no browser takes a part for the whole. */
export function downloadHandler(route: DownloadRoute): RequestHandler {
  return async (request, response) => {
    const { fileName, contentType, chunks } = route.open(validate(route.query, 'query', request.query));
    response.set({
      'Content-Type': contentType,
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'private, no-store',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    try {
      await pipeline(Readable.from(chunks), response);
    } catch (error) {
      // A caller who hung up needs no answer; other errors are thrown, and answered if nothing was sent.
      if (!isHangUp(error)) throw error;
    }
  };
}

function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
