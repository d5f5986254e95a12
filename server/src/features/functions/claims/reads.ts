import type {
  ClaimDetail,
  ClaimsResponse,
  DurationsResponse,
  claimsQuery,
} from '@cyclorama/shared/claims.ts';
import type { z } from 'zod';

import { isoOf } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import { claimById, claimSteps, endedRuns, listClaims } from '../../../store/claims.ts';
import type { ClaimFilter } from '../../../store/claims.ts';
import type { ClaimsParts } from './parts.ts';
import { presentClaim, presentClaimDetail, presentDurations } from './presenter.ts';

const SLICE_ROWS = 500;
const MAX_DURATIONS = 500;

export function createClaimReading({ db, clock, existing }: Pick<ClaimsParts, 'db' | 'clock' | 'existing'>) {
  return {
    /** Newest first; `nextBefore` is the id to continue from, null at the end. */
    async list({ before, limit, ...filter }: z.output<typeof claimsQuery>): Promise<ClaimsResponse> {
      const after = before === undefined ? undefined : await claimById(db, before);
      if (after === null) {
        throw new AppError('invalid-request', 'query.before: expected the id of a claim.', {
          field: 'query.before',
        });
      }
      const rows = await listClaims(db, { ...filter, limit: limit + 1, after });
      const claims = rows.slice(0, limit).map(presentClaim);
      const nextBefore = rows.length > limit ? (claims.at(-1)?.id ?? null) : null;
      return { claims, nextBefore, serverTime: isoOf(clock.now()) };
    },

    async detail(id: string): Promise<ClaimDetail> {
      return presentClaimDetail(await existing(id), await claimSteps(db, id));
    },

    /** The last 500 runs of a container that ended, oldest first. */
    async durations(containerId: string): Promise<DurationsResponse> {
      const rows = await endedRuns(db, containerId, MAX_DURATIONS);
      return { runs: rows.toReversed().map(presentDurations) };
    },

    /** Newest first, in slices so that memory stays flat. */
    async *all(filter: ClaimFilter) {
      let after: { id: string; requested_at: number } | undefined;
      for (;;) {
        const rows = await listClaims(db, { ...filter, limit: SLICE_ROWS, after });
        yield rows.map(presentClaim);
        after = rows.at(-1);
        if (rows.length < SLICE_ROWS) return;
      }
    },
  };
}
