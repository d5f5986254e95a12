import type { Request } from 'express';

/**
 * False where a browser reports another site: by `Sec-Fetch-Site` where sent, else by `Origin` against the public
 * address or the request's host. Other clients send neither and pass.
 */
export function isSameOrigin(request: Request, publicUrl: string | null): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('origin');
  if (origin === undefined) return true;
  if (publicUrl !== null) return origin === new URL(publicUrl).origin;
  // Without a public address the scheme is unknown: a proxy in front may terminate https.
  return URL.canParse(origin) && new URL(origin).host === request.get('host');
}

/** The hint for whoever came from elsewhere, such as another address of the same server. */
export function whereToGo(publicUrl: string | null): { hint?: string } {
  return publicUrl === null ? {} : { hint: `Open ${publicUrl} and do it there.` };
}
