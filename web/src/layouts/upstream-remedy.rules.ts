import { KEYS, keyFault } from './upstream-status.rules.ts';
import type { Upstream } from './upstream-status.rules.ts';

/** The page where an admin sets the key, or a sentence; null when the key is not the problem. */
export function remedyOf(upstream: Upstream): { page: '/robots/account' } | { text: string } | null {
  if (keyFault(upstream) === null) return null;
  if (upstream.name === 'rerobots') return { page: '/robots/account' };
  // Without the names of the server's variables: anyone can read the page's code.
  return {
    text: `An admin must set a new ${KEYS[upstream.name]} in the server’s configuration.`,
  };
}
