import type { Request } from 'express';

/**
 * True unless a browser says the request comes from another site: `Sec-Fetch-Site` where it is sent, else `Origin`
 * against the public address or the one the request was made to. Clients that are no browsers send neither.
 */
export function isSameOrigin(request: Request, publicUrl: string | null): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('origin');
  if (origin === undefined) return true;
  const expected =
    publicUrl === null ? `${request.protocol}://${request.get('host')}` : new URL(publicUrl).origin;
  return origin === expected;
}
