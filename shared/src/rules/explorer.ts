import type { Operation } from '../catalogue.ts';

/** The explorer calls what the proxy passes on; the rest has a page or a route of its own. */
export function isExplorable({ proxied }: Pick<Operation, 'proxied'>): boolean {
  return proxied;
}
