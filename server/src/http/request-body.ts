import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

export const MAX_BODY_BYTES = 256 * 1024;

/** What is wrong with a request's body; `http/errors.ts` answers it as `invalid-request` with this status. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly status: 400 | 413 | 415;

  constructor(status: 400 | 413 | 415, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * The whole body, decoded; empty where there is none. Nothing of a body that is declared too large is read, and reading
 * stops where it becomes too large: `endUnreadBodies` sees to what is left of it.
 * @throws BodyError 413 beyond `maxBytes`, also once decoded; 415 for an unknown encoding; 400 where it can't be decoded or
 * breaks off.
 */
export async function readBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && !isKnown(encoding)) throw unsupported();
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const raw = await collect(request, maxBytes);
  if (encoding === 'identity' || raw.length === 0) return raw;
  return decode(raw, encoding, maxBytes);
}

/** @throws BodyError 400 where it is not JSON in UTF-8. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new BodyError(400, 'The request body is not valid JSON.', cause);
  }
}

type Encoding = keyof typeof decoders;

function isKnown(encoding: string): encoding is Encoding {
  return Object.hasOwn(decoders, encoding);
}

async function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Not destroyed, so that a request that is too large still gets its answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof BodyError) throw cause;
    throw new BodyError(400, 'The request broke off before its end.', cause);
  }
  return Buffer.concat(chunks);
}

async function decode(raw: Buffer, encoding: Encoding, maxBytes: number): Promise<Buffer> {
  try {
    return await decoders[encoding](raw, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(maxBytes);
    throw new BodyError(
      400,
      `The request body can’t be decoded: expected ${encoding}, as its header says.`,
      cause,
    );
  }
}

function tooLarge(maxBytes: number): BodyError {
  return new BodyError(413, `The request body is too large: expected at most ${maxBytes / 1024} kB.`);
}

function unsupported(): BodyError {
  const known = Object.keys(decoders).join(', ');
  return new BodyError(415, `The request body has an unknown Content-Encoding: expected none, ${known}.`);
}
