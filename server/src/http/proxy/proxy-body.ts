import type { Request } from 'express';

import { AppError } from '../../lib/errors.ts';
import type { ProxyCall } from './proxy-call.ts';

const MAX_BYTES = 256 * 1024;

/**
 * Complete and valid JSON; empty where there is none.
 * @throws AppError `invalid-request` for a body on a read, one too large or not JSON, and values an operation forbids.
 */
export async function readProxyBody(request: Request, { operation }: ProxyCall): Promise<Buffer> {
  const body = await collect(request);
  if (operation.method === 'GET' && body.length > 0) throw invalid('A read has no body.');
  const json = parse(body);
  if (operation.id === 'rerobots.firewall.add') requireSource(json);
  return body;
}

async function collect(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Not destroyed, so that a request that is too large still gets its answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BYTES) break;
      chunks.push(chunk);
    }
  } catch {
    throw invalid('The request broke off before its end.');
  }
  if (size > MAX_BYTES) throw invalid('The request body is too large: expected at most 256 kB.');
  return Buffer.concat(chunks);
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw invalid('The request body is not valid JSON.');
  }
}

/** Without `src` rerobots opens the firewall to the caller's address: this server's, not the person's. */
function requireSource(json: unknown): void {
  const src: unknown = typeof json === 'object' && json !== null && 'src' in json ? json.src : undefined;
  if (typeof src === 'string' && /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/.test(src)) return;
  const message =
    'body.src: expected an IPv4 address or subnet; without it the rule would be for this server’s address.';
  throw new AppError('invalid-request', message, { field: 'body.src', hint: 'No rule was added.' });
}

function invalid(message: string): AppError {
  return new AppError('invalid-request', message, { field: 'body', hint: 'Nothing was sent.' });
}
