import { paths } from '@cyclorama/shared/paths.ts';
import type { Request, RequestHandler } from 'express';

type Made = { method: string; route: string; status: number; seconds: number };

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);
const PROXY = /^\/api\/proxy\/(cycle|scheduler|rerobots|platform)\//;

/** Tells each request at its end, but for event streams, which last for hours. */
export function measureRequests(tell: (made: Made) => void): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      const route = routeOf(request, response.statusCode);
      if (route === paths.events()) return;
      const method = METHODS.has(request.method) ? request.method : 'other';
      tell({ method, route, status: response.statusCode, seconds: (performance.now() - startedAt) / 1_000 });
    });
    next();
  };
}

/** As the route is written, so that there are only so many: an address holds ids, and strangers ask for anything. */
function routeOf(request: Request, status: number): string {
  const { route, originalUrl } = request as Request & { route?: { path?: unknown } };
  if (typeof route?.path === 'string' && !route.path.includes('*')) return route.path;
  const [, upstream] = PROXY.exec(originalUrl) ?? [];
  if (upstream !== undefined) return `/api/proxy/${upstream}/*`;
  if (originalUrl.startsWith('/api/') || status >= 400) return 'unknown';
  return 'page';
}
