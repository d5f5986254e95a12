import type { Clock } from '../../../lib/clock.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import type { Ledger } from './ledger.ts';

/** Longer than the timeout of any spawn or release. */
const MAX_CALL_MS = 25_000;

type Options = { ledger: Pick<Ledger, 'watch' | 'openRows'>; clock: Clock; singleProcess: boolean };

/**
 * Whether another process sharing the store may have a call in flight: an unanswered spawn or release that this process
 * did not write and has known for less time than a call may take.
 */
export function createCallsInFlight({ ledger, clock, singleProcess }: Options) {
  const own = new Set<string>();
  const seen = new Map<string, { state: string; since: number }>();
  ledger.watch(({ id }) => void own.add(id));

  return {
    mayBeInFlight(row: ClaimRow): boolean {
      const { id, state } = row;
      if (singleProcess || own.has(id) || row.failure_code !== null) return false;
      if (state !== 'spawning' && state !== 'releasing') return false;
      const known = seen.get(id);
      const first = known?.state === state ? known : { state, since: clock.now() };
      seen.set(id, first);
      return clock.now() - first.since < MAX_CALL_MS;
    },
    forgetEnded(): void {
      for (const id of own) if (!ledger.openRows.has(id)) own.delete(id);
      for (const id of seen.keys()) if (!ledger.openRows.has(id)) seen.delete(id);
    },
  };
}
