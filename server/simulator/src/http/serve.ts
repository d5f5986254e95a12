import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Reply } from './reply.ts';
import { ApiError, errorEnvelope } from './reply.ts';

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void;

const MAX_BODY_BYTES = 2_000_000;

export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(reply.body),
    ...reply.headers,
  });
  response.end(reply.body);
}

/** Turns a thrown ApiError into its envelope, and anything else into a 500 that does not give the cause away. */
export function envelopeHandler(answer: (request: IncomingMessage) => Promise<Reply> | Reply): HttpHandler {
  return (request, response) => {
    const respond = async () => {
      try {
        send(response, await answer(request));
      } catch (error) {
        if (response.destroyed) return;
        const known =
          error instanceof ApiError ? error : new ApiError(500, '500.unknown', 'the simulator failed');
        if (!response.headersSent) send(response, errorEnvelope(known));
        if (known !== error)
          process.stderr.write(`simulator: ${String(error instanceof Error ? error.stack : error)}\n`);
      }
    };
    void respond();
  };
}

/** Throws 422.max-exceeded beyond two megabytes. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > MAX_BODY_BYTES)
      throw new ApiError(422, '422.max-exceeded', `body: expected at most ${MAX_BODY_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Ignores the content type, which old clients leave out; throws 400.invalid-syntax for anything but JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  return parseJson(await readText(request));
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, '400.invalid-syntax', 'body: expected JSON');
  }
}

/** Never throws, whatever stands in the request line. */
export function urlOf(request: IncomingMessage): { pathname: string; searchParams: URLSearchParams } {
  const [pathname = '/', ...query] = (request.url ?? '/').split('?');
  return { pathname, searchParams: new URLSearchParams(query.join('?')) };
}
