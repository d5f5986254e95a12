import type { Request } from 'express';

import { AppError } from '../../lib/errors.ts';
import { parseJson, readBody } from '../request-body.ts';
import type { ProxyCall } from './proxy-call.ts';

/**
 * Complete, decoded and valid JSON; empty where there is none.
 * @throws BodyError for one too large or not JSON; AppError `invalid-request` for a body on a read, and values an operation forbids.
 */
export async function readProxyBody(request: Request, { operation }: ProxyCall): Promise<Buffer> {
  const body = await readBody(request);
  if (operation.method === 'GET' && body.length > 0) throw invalid('A read has no body.');
  const json = body.length === 0 ? undefined : parseJson(body);
  if (operation.id === 'rerobots.firewall.add') requireSource(json);
  return body;
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
