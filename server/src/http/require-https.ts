import type { Request, RequestHandler } from 'express';

import { AppError } from '../lib/errors.ts';

/** Asked by load balancers, which follow no redirect. */
const PROBES = new Set(['/healthz', '/readyz']);

/**
 * Where the public address is https: redirects what a trusted proxy reports as http, and refuses such changes, whose
 * body has crossed the network in the clear. Without that header the scheme is unknown and nothing is done.
 */
export function requireHttps(publicUrl: string | null): RequestHandler {
  if (publicUrl === null || !publicUrl.startsWith('https:')) return (_request, _response, next) => next();
  return (request, response, next) => {
    if (PROBES.has(request.path) || !isReportedAsHttp(request)) return next();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new AppError('forbidden', 'This dashboard takes changes over https only. Nothing was changed.', {
        hint: `Use ${publicUrl} instead.`,
      });
    }
    response.set('Cache-Control', 'no-store').redirect(308, publicUrl + request.url);
  };
}

function isReportedAsHttp(request: Request): boolean {
  const trusts = request.app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  if (request.get('x-forwarded-proto') === undefined) return false;
  return trusts(request.socket.remoteAddress ?? '', 0) && request.protocol === 'http';
}
