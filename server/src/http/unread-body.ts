import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { hasBody, MAX_BODY_BYTES } from './request-body.ts';

/** For the rest of a small body, so that a refusal does not cost a well-behaved client its connection. */
const REST_MS = 100;
/** For a body that goes on after the answer: cut at once, the reset would take the answer with it (RFC 9112, 9.6). */
const DRAIN_MS = 1_000;
const DRAIN_BYTES = 4 * 1024 * 1024;

/**
 * An answer that leaves before the request's body has arrived says `Connection: close`; then a little more is drained
 * and the connection is cut. Left open it would wait for the rest, and so would the next request on it.
 */
export function endUnreadBodies(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (hasBody(request)) endLate(request, response);
    listener(request, response);
  };
}

type EndArguments = [chunk?: unknown, encoding?: unknown, callback?: unknown];

function endLate(request: IncomingMessage, response: ServerResponse): void {
  const end = response.end.bind(response) as (...given: EndArguments) => ServerResponse;
  response.end = ((...given: EndArguments) => {
    response.end = end as ServerResponse['end'];
    if (request.complete || request.destroyed) return end(...given);
    void drainAround(request, response, given, end);
    return response;
  }) as ServerResponse['end'];
}

async function drainAround(
  request: IncomingMessage,
  response: ServerResponse,
  given: EndArguments,
  end: (...given: EndArguments) => ServerResponse,
): Promise<void> {
  const declared = Number(request.headers['content-length'] ?? Infinity);
  const drained = drain(request);
  if (declared <= MAX_BODY_BYTES) await drained.within(REST_MS);
  if (request.complete || request.destroyed) {
    end(...given);
    return;
  }
  const [chunk, encoding] = given;
  if (!response.headersSent) {
    response.setHeader('Connection', 'close');
    completeHead(response, chunk, encoding);
  }
  if (isBytes(chunk))
    response.write(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  else response.flushHeaders();
  await drained.within(DRAIN_MS);
  response.once('finish', () => request.socket.destroySoon());
  end();
}

/** Without a length the answer would end with the connection, which stays open while the request is drained. */
function completeHead(response: ServerResponse, chunk: unknown, encoding: unknown): void {
  const { statusCode } = response;
  const bodyless = statusCode === 204 || statusCode === 304;
  if (bodyless || response.hasHeader('Content-Length') || response.hasHeader('Transfer-Encoding')) return;
  const length = isBytes(chunk) ? Buffer.byteLength(chunk, encoding as BufferEncoding) : 0;
  response.setHeader('Content-Length', length);
}

function isBytes(chunk: unknown): chunk is string | Buffer {
  return typeof chunk === 'string' || chunk instanceof Uint8Array;
}

function drain(request: IncomingMessage): { within(ms: number): Promise<void> } {
  let bytes = 0;
  const over = new Promise<void>((resolve) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > DRAIN_BYTES) resolve();
    });
    for (const event of ['end', 'close', 'error']) request.once(event, () => resolve());
  });
  request.resume();
  return {
    within(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      return Promise.race([over, promise]).finally(() => clearTimeout(timer));
    },
  };
}
