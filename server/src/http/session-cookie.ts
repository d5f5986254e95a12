import { hkdfSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import type { Request, Response } from 'express';

import type { Secrets } from '../lib/secret-box.ts';
import { basePathOf } from './base-path.ts';

export type SessionCookie = {
  name: string;
  /** The seal; null where there is none. */
  read(request: Pick<IncomingMessage, 'headers'>): string | null;
  set(request: Request, response: Response, seal: string, expiresAt: number): void;
  clear(request: Request, response: Response): void;
};

/**
 * Secure where the page is reached over https. Lax, so that links from other sites open signed in.
 *
 * Cookies ignore the port, so the name is one of this dashboard's own: replicas, which share secret and public address,
 * agree on it, and another dashboard on the same host has another. Over https its prefix keeps the other hosts of a
 * domain from setting it (RFC 6265bis, 4.1.3); `__Host-` would allow no path. The names under older secrets are read
 * too, so that nobody is signed out by a new one.
 */
export function createSessionCookie({
  secrets,
  publicUrl,
  suffix = '',
}: {
  secrets: Secrets;
  publicUrl: string | null;
  /** Of another cookie of this dashboard with the same rules. */
  suffix?: string;
}): SessionCookie {
  const https = publicUrl?.startsWith('https:') ?? false;
  const path = basePathOf(publicUrl) || '/';
  const prefix = https ? (path === '/' ? '__Host-' : '__Secure-') : '';
  const nameUnder = (secret: string): string => {
    const own = hkdfSync('sha256', secret, 'cyclorama', `session-cookie ${publicUrl ?? ''}`, 6);
    return `${prefix}cyclorama-${Buffer.from(own).toString('hex')}${suffix}`;
  };
  const [first, ...older] = secrets;
  const name = nameUnder(first);
  const names = [name, ...older.map(nameUnder)];
  const attributesFor = ({ secure }: Request) =>
    ({ httpOnly: true, sameSite: 'lax', path, secure: https || secure }) as const;

  return {
    name,
    read({ headers }) {
      const given = new Map<string, string>();
      for (const pair of (headers.cookie ?? '').split(';')) {
        const [key = '', value] = pair.split('=', 2);
        if (value !== undefined && !given.has(key.trim())) given.set(key.trim(), value.trim());
      }
      const found = names.find((each) => given.has(each));
      return found === undefined ? null : (given.get(found) ?? null);
    },
    set(request, response, seal, expiresAt) {
      response.cookie(name, seal, {
        ...attributesFor(request),
        expires: new Date(expiresAt),
        encode: String,
      });
    },
    clear(request, response) {
      for (const each of names) response.clearCookie(each, attributesFor(request));
    },
  };
}
