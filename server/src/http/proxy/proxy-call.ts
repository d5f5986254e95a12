import { findOperation } from '@cyclorama/shared/catalogue.ts';
import type { Match, ProxiedUpstream } from '@cyclorama/shared/catalogue.ts';
import type { Request } from 'express';
import { z } from 'zod';

import { AppError } from '../../lib/errors.ts';
import { validate } from '../validate.ts';

export type ProxyCall = Match & {
  upstream: ProxiedUpstream;
  /** Path and query for the upstream. */
  url: string;
};

const MOUNT = /^\/api\/proxy\/(cycle|scheduler|rerobots|platform)(\/[^?]*)(?:\?(.*))?$/s;

/**
 * The path is matched as sent: encoded, doubled or climbing segments match nothing.
 * @throws AppError `not-found` for what the catalogue lacks, `invalid-request` for an unknown query parameter or a
 * value that is not as its operation says.
 */
export function readProxyCall(request: Request): ProxyCall {
  const [, upstream, path = '', search = ''] = MOUNT.exec(request.originalUrl) ?? [];
  const match = isUpstream(upstream) ? findOperation(upstream, request.method, path) : null;
  if (match === null || !isUpstream(upstream)) {
    throw new AppError('not-found', `The proxy has no operation ${request.method} ${request.path}.`, {
      hint: 'Only operations of the catalogue can be called. Nothing was sent.',
    });
  }
  const query = new URLSearchParams(search);
  const { query: shapes } = match.operation;
  for (const name of query.keys()) {
    if (Object.hasOwn(shapes, name)) continue;
    const allowed = Object.keys(shapes).join(', ') || 'none';
    const message = `query.${name}: not a parameter of this operation; expected ${allowed}.`;
    throw new AppError('invalid-request', message, { field: `query.${name}` });
  }
  validate(z.object(shapes).partial(), 'query', valuesOf(query));
  return { ...match, upstream, url: query.size === 0 ? path : `${path}?${query.toString()}` };
}

/** A parameter given more than once is a list, which no shape takes. */
function valuesOf(query: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const [first = '', ...others] = query.getAll(name);
      return [name, others.length === 0 ? first : [first, ...others]];
    }),
  );
}

function isUpstream(name: string | undefined): name is ProxiedUpstream {
  return name === 'cycle' || name === 'scheduler' || name === 'rerobots' || name === 'platform';
}
