import type { Request } from 'express';

const MAPPED_IPV4 = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

export function clientAddress(request: Request): string | null {
  return request.ip?.replace(MAPPED_IPV4, '') ?? null;
}
