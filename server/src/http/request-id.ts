import type { Request } from 'express';

/** The id set by `requestLog`: people report it, and the log is searched by it. */
export function requestIdOf(request: Request): string {
  const { id } = request;
  return typeof id === 'string' ? id : '';
}
