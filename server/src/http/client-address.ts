import { isIP } from 'node:net';

import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

const MAPPED_IPV4 = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/**
 * The address the trusted proxies report, else the nearest one that is known: an entry that is no address (`unknown`, a
 * made-up word) counts as absent. Null where the connection is gone.
 */
export function clientAddress(request: Request): string | null {
  const hops = Number(request.app.get('trust proxy'));
  const own = plainAddress(request.socket.remoteAddress ?? '');
  if (!(hops > 0)) return own;
  // Nearest first.
  const reported = (request.get('x-forwarded-for') ?? '').split(',').slice(-hops).toReversed();
  const known: (string | null)[] = [own];
  for (const entry of reported) {
    const address = plainAddress(entry);
    if (address === null) break;
    known.push(address);
  }
  return known.at(-1) ?? null;
}

/** What limits count by: the address, for IPv6 its network, since a subscriber has many addresses of one. */
export function addressKey(request: Request): string {
  const address = clientAddress(request);
  return address === null ? '' : ipKeyGenerator(address);
}

/** As proxies write them: `192.0.2.1`, `192.0.2.1:1234`, `2001:db8::1`, `[2001:db8::1]:1234`, `fe80::1%eth0`. */
function plainAddress(text: string): string | null {
  const bare = text.trim().replace(/^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/, '$1$2');
  const address = bare.replace(/%.*$/, '').replace(MAPPED_IPV4, '');
  return isIP(address) === 0 ? null : address.toLowerCase();
}
