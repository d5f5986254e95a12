import type { Request } from 'express';

const MAPPED_IPV4 = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/** As reported by the trusted proxies, IPv4 in its plain form; null where unknown. */
export function clientAddress(request: Request): string | null {
  return request.ip?.replace(MAPPED_IPV4, '') ?? null;
}
