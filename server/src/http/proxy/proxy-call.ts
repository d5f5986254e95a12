import { findOperation } from '@cyclorama/shared/catalogue.ts';
import type { Match, ProxiedUpstream } from '@cyclorama/shared/catalogue.ts';
import type { Request } from 'express';

import { AppError } from '../../lib/errors.ts';
import { validate } from '../validate.ts';

export type ProxyCall = Match & {
  upstream: ProxiedUpstream;
  /** Path and query for the upstream. */
  url: string;
};

const MOUNT = /^\/api\/proxy\/(cycle|scheduler|rerobots)(\/[^?]*)(?:\?(.*))?$/s;

/**
 * The path is matched as sent: encoded, doubled or climbing segments match nothing.
 * @throws AppError `not-found` for what the catalogue lacks, `invalid-request` for an unknown query parameter.
 */
export function readProxyCall(request: Request): ProxyCall {
  const [, upstream, path = '', search = ''] = MOUNT.exec(request.originalUrl) ?? [];
  const match = isUpstream(upstream) ? findOperation(upstream, request.method, path) : null;
  if (match === null || !isUpstream(upstream)) {
    throw new AppError('not-found', `The proxy has no operation ${request.method} ${request.path}.`, {
      hint: 'Only operations of the catalogue can be called. Nothing was sent.',
    });
  }
  validate(match.operation.params, 'path', match.params);
  const query = new URLSearchParams(search);
  for (const name of query.keys()) {
    if (match.operation.query.includes(name)) continue;
    const allowed = match.operation.query.join(', ') || 'none';
    const message = `query.${name}: not a parameter of this operation; expected ${allowed}.`;
    throw new AppError('invalid-request', message, { field: `query.${name}` });
  }
  return { ...match, upstream, url: query.size === 0 ? path : `${path}?${query.toString()}` };
}

function isUpstream(name: string | undefined): name is ProxiedUpstream {
  return name === 'cycle' || name === 'scheduler' || name === 'rerobots';
}
