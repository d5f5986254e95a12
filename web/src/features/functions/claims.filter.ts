import type { Claim } from '@cyclorama/shared/claims.ts';

import { isOpen } from './claims.rules.ts';
import type { FunctionsSearch } from './functions.search.ts';

/** The claims an address asks for: open ones of everybody unless it says otherwise. */
export function filterClaims(claims: Claim[], search: FunctionsSearch, userName: string): Claim[] {
  const wanted = search.state ?? 'open';
  const text = (search.q ?? '').trim().toLowerCase();
  return claims.filter(
    (claim) =>
      (wanted === 'all' || isOpen(claim) === (wanted === 'open')) &&
      (search.who !== 'mine' || claim.owner === userName) &&
      (search.container === undefined || claim.containerId === search.container) &&
      (text === '' || words(claim).includes(text)),
  );
}

function words(claim: Claim): string {
  return [claim.containerName, claim.owner, claim.state, claim.instanceId, claim.id, claim.failure?.message]
    .join(' ')
    .toLowerCase();
}
