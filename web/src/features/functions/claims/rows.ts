import type { Claim } from '@cyclorama/shared/claims.ts';
import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';

import type { FunctionsSearch } from '../search.ts';

export type ClaimFilter = {
  state: 'open' | 'ended' | 'all';
  owner?: string | undefined;
  containerId?: string | undefined;
  batchId?: string | undefined;
  q?: string | undefined;
};

/** Everybody's open claims by default. A batch is shown with its ended claims. */
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

/** Drops claims that an event has moved out of the filter since the list was read. */
export function stillMatching(claims: Claim[], { state }: ClaimFilter): Claim[] {
  return state === 'all' ? claims : claims.filter((claim) => isOpenClaim(claim) === (state === 'open'));
}

export function hasFilter({ state, ...rest }: ClaimFilter): boolean {
  return state !== 'open' || Object.values(rest).some((value) => value !== undefined);
}

export function ownersOf(
  claims: readonly Pick<Claim, 'owner'>[],
  more: readonly (string | undefined)[],
): string[] {
  const names = [...claims.map(({ owner }) => owner), ...more].filter((name) => name !== undefined);
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}
