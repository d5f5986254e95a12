import type { Request } from 'express';

import { AppError } from '../../lib/errors.ts';
import { parseJson, readBody } from '../request-body.ts';
import { validate } from '../validate.ts';
import type { ProxyCall } from './proxy-call.ts';

/**
 * What the operation's schema makes of the body; undefined where nothing is sent.
 * @throws BodyError for one too large or not JSON; AppError `invalid-request` for a body on a read, and what the schema refuses.
 */
export async function readProxyBody(request: Request, { operation }: ProxyCall): Promise<unknown> {
  if (!operation.proxied) return undefined;
  const body = await readBody(request);
  if (operation.method !== 'GET') {
    return validate(operation.body, 'body', body.length === 0 ? undefined : parseJson(body));
  }
  if (body.length === 0) return undefined;
  throw new AppError('invalid-request', 'A read has no body.', { field: 'body', hint: 'Nothing was sent.' });
}
