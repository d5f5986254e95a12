import type { RequestHandler } from 'express';

import type { Encoding } from './json-response.ts';
import { chooseEncoding, encodeBody, isFresh, sendEncoded } from './json-response.ts';
import type { SnapshotRoute } from './snapshot-route.ts';

type Made = { version: string; body: Buffer; encoded: Map<Encoding, Promise<Buffer>> };

/** The body and each encoding are built once per version and shared by all clients. */
export function snapshotHandler(route: Pick<SnapshotRoute, 'current'>): RequestHandler {
  let made: Made | undefined;
  const latest = (): Made => {
    const { version, body } = route.current();
    if (made?.version !== version) made = { version, body: body(), encoded: new Map() };
    return made;
  };
  const bytesOf = ({ body, encoded }: Made, encoding: Encoding): Promise<Buffer> => {
    const known = encoded.get(encoding);
    if (known !== undefined) return known;
    const bytes = encodeBody(body, encoding);
    encoded.set(encoding, bytes);
    return bytes;
  };
  return async (request, response) => {
    const etagOf = (version: string): string => `W/"${version}"`;
    const asked = etagOf(route.current().version);
    response.set({ ETag: asked, 'Cache-Control': 'private, no-cache' }).vary('Accept-Encoding');
    if (isFresh(request, asked)) {
      response.status(304).end();
      return;
    }
    const answer = latest();
    const encoding = chooseEncoding(request, answer.body.length);
    const bytes = await bytesOf(answer, encoding);
    response.set('ETag', etagOf(answer.version));
    sendEncoded(response, bytes, encoding);
  };
}
