import type { Request } from 'express';

/** The id `requestLog` gave the request; what people report and the log is searched by. */
export function requestIdOf(request: Request): string {
  const { id } = request;
  return typeof id === 'string' ? id : '';
}
