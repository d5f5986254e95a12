import type { Clock } from '../../../lib/clock.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import type { Ledger } from './ledger.ts';

/** Longer than any spawn or release is waited for. */
const LONGEST_CALL_MS = 25_000;

type Options = { ledger: Pick<Ledger, 'watch' | 'openRows'>; clock: Clock; singleProcess: boolean };

/**
 * Tells calls that another process which shares the store may have under way right now: a spawn or release without an
 * answer yet, written down by somebody else and seen here for less time than a call may take.
 */
export function createCallsInFlight({ ledger, clock, singleProcess }: Options) {
  const own = new Set<string>();
  const seen = new Map<string, { state: string; since: number }>();
  ledger.watch(({ id }) => void own.add(id));

  return {
    mayBeUnderWay(row: ClaimRow): boolean {
      const { id, state } = row;
      if (singleProcess || own.has(id) || row.failure_code !== null) return false;
      if (state !== 'spawning' && state !== 'releasing') return false;
      const known = seen.get(id);
      const first = known?.state === state ? known : { state, since: clock.now() };
      seen.set(id, first);
      return clock.now() - first.since < LONGEST_CALL_MS;
    },
    /** Forgets claims that are over. */
    forget(): void {
      for (const id of own) if (!ledger.openRows.has(id)) own.delete(id);
      for (const id of seen.keys()) if (!ledger.openRows.has(id)) seen.delete(id);
    },
  };
}
