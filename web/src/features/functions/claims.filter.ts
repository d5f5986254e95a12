import type { Claim } from '@cyclorama/shared/claims.ts';

import { matchesText } from '../../lib/text-filter.ts';
import { isOpen } from './claims.rules.ts';
import type { FunctionsSearch } from './functions.search.ts';

/** The claims an address asks for: open ones of everybody unless it says otherwise. */
export function filterClaims(claims: Claim[], search: FunctionsSearch, userName: string): Claim[] {
  const wanted = search.state ?? 'open';
  return claims.filter(
    (claim) =>
      (wanted === 'all' || isOpen(claim) === (wanted === 'open')) &&
      (search.who !== 'mine' || claim.owner === userName) &&
      (search.container === undefined || claim.containerId === search.container) &&
      matchesText(search.q, words(claim)),
  );
}

function words(claim: Claim): (string | null)[] {
  const { containerName, owner, state, instanceId, id, failure } = claim;
  return [containerName, owner, state, instanceId, id, failure?.message ?? null];
}
