import type { IncomingMessage } from 'node:http';

import type { Request, Response } from 'express';

const NAME = 'cyclorama-session';

export function readSessionCookie({ headers }: Pick<IncomingMessage, 'headers'>): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === NAME && value !== undefined) return value.trim();
  }
  return null;
}

/** Secure where the page is reached over https. Lax, so that links from other sites open signed in. */
export function setSessionCookie(
  request: Request,
  response: Response,
  { seal, expiresAt, publicUrl }: { seal: string; expiresAt: number; publicUrl: string | null },
): void {
  response.cookie(NAME, seal, {
    ...attributes(request, publicUrl),
    expires: new Date(expiresAt),
    encode: String,
  });
}

export function clearSessionCookie(request: Request, response: Response, publicUrl: string | null): void {
  response.clearCookie(NAME, attributes(request, publicUrl));
}

function attributes(request: Request, publicUrl: string | null) {
  const secure = request.secure || (publicUrl?.startsWith('https:') ?? false);
  return { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
}
