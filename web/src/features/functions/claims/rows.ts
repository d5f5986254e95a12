import type { Claim } from '@cyclorama/shared/claims.ts';
import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';

import type { FunctionsSearch } from '../search.ts';

/** What is asked of the ledger: the filters of the list, its pages and its export. */
export type ClaimFilter = {
  state: 'open' | 'ended' | 'all';
  owner?: string | undefined;
  containerId?: string | undefined;
  batchId?: string | undefined;
  q?: string | undefined;
};

/**
 * The ledger's filter for an address: open claims of everybody unless it says otherwise. A batch is shown whole, as
 * most of it has ended soon.
 */
export function claimFilterOf(search: FunctionsSearch, userName: string): ClaimFilter {
  const q = search.q?.trim();
  return {
    state: search.state ?? (search.batch === undefined ? 'open' : 'all'),
    owner: search.who === 'mine' ? userName : search.owner,
    containerId: search.container,
    batchId: search.batch,
    q: q === '' ? undefined : q,
  };
}

/** Leaves out what an event has moved out of the filter since the list was read. */
export function stillMatching(claims: Claim[], { state }: ClaimFilter): Claim[] {
  return state === 'all' ? claims : claims.filter((claim) => isOpenClaim(claim) === (state === 'open'));
}

/** True where the address narrows the list more than it is on opening the page. */
export function isNarrowed({ state, ...rest }: ClaimFilter): boolean {
  return state !== 'open' || Object.values(rest).some((value) => value !== undefined);
}

/** Whose claims can be asked for: those seen in the list and those named anyway, each once, by name. */
export function ownersOf(
  claims: readonly Pick<Claim, 'owner'>[],
  more: readonly (string | undefined)[],
): string[] {
  const names = [...claims.map(({ owner }) => owner), ...more].filter((name) => name !== undefined);
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}
