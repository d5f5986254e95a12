import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

import { paths } from '@cyclorama/shared/paths.ts';
import type { RequestHandler } from 'express';

import { AppError } from '../lib/errors.ts';

/** Asked from within the environment, past the proxy that has the https, by who follows no redirect. */
const FROM_WITHIN = new Set(['/healthz', '/readyz', paths.collect(), paths.metrics()]);

/** Sent by a proxy, which may have taken https off without saying so. */
const SIGNS_OF_A_PROXY = [
  'x-forwarded-proto',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-real-ip',
  'forwarded',
  'via',
];

type Options = { publicUrl: string | null; trustProxy: number };

/**
 * Whether a request has crossed the network in the clear although the public address is https. A trusted proxy says it
 * (`X-Forwarded-Proto`). Where nothing says that there is a proxy, it came by http, as this server speaks no https. With
 * other signs of a proxy the scheme is unknown and nothing is done: a redirect could lead round in a circle.
 */
export function createPlainHttpCheck({
  publicUrl,
  trustProxy,
}: Options): (request: IncomingMessage) => boolean {
  if (publicUrl === null || !publicUrl.startsWith('https:')) return () => false;
  return ({ headers }) => {
    const [reported] = String(headers['x-forwarded-proto'] ?? '').split(',', 1);
    if (trustProxy > 0 && reported !== '') return reported?.trim().toLowerCase() === 'http';
    return !isFromSecurePage(headers) && SIGNS_OF_A_PROXY.every((name) => headers[name] === undefined);
  };
}

/** Browsers send `Sec-Fetch-Site` only over https, or to their own machine (Fetch Metadata, "potentially trustworthy"). */
function isFromSecurePage(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-site'] !== undefined || (headers.origin?.startsWith('https:') ?? false);
}

/** Redirects reads, and refuses changes and access tokens, before anything of their body is read. */
export function requireHttps(
  publicUrl: string | null,
  isPlainHttp: (request: IncomingMessage) => boolean,
): RequestHandler {
  return (request, response, next) => {
    if (FROM_WITHIN.has(request.path) || !isPlainHttp(request)) return next();
    if (request.get('authorization') !== undefined) {
      const message =
        'This dashboard takes access tokens over https only. This one has crossed the network in the clear.';
      throw new AppError('forbidden', message, { hint: `Revoke it, and use ${publicUrl} with a new one.` });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.set('Connection', 'close');
      throw new AppError('forbidden', 'This dashboard takes changes over https only. Nothing was changed.', {
        hint: `Use ${publicUrl} instead.`,
      });
    }
    response.set('Cache-Control', 'no-store').redirect(308, publicUrl + request.url);
  };
}
