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
  if (publicUrl !== null) return origin === new URL(publicUrl).origin;
  // Without a public address the scheme can't be told: a proxy in front may have taken https off.
  return URL.canParse(origin) && new URL(origin).host === request.get('host');
}
