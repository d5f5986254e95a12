import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Fingerprints } from '../../lib/idempotency.ts';
import { freshTry } from '../../store/sign-in-tries.ts';
import type { SignInTry } from '../../store/sign-in-tries.ts';
import { counted, takenBack, waitOf } from './limit.rules.ts';
import type { Pace } from './limit.rules.ts';
import type { Tries } from './tries.ts';

/** `isOwn`: one sign-in that works forgives all refusals before it. */
export type Counter = { key: Fingerprints; pace: Pace; isOwn: boolean };

/** What was counted, to be given back where the try was none. */
export type Entered = { counters: readonly Counter[]; blockedUntil: readonly number[] };

export type Counters = {
  /**
   * Counts one try against all counters, or against none where one of them says to wait.
   * @throws what `refusal` makes of the longest wait; `isFirst`: the first counter says so.
   */
  enter(
    counters: readonly Counter[],
    refusal: (waitMs: number, isFirst: boolean) => AppError,
  ): Promise<Entered>;
  giveBack(entered: Entered, forgive: boolean): Promise<void>;
};

type Deps = { tries: Pick<Tries, 'read' | 'change'>; clock: Clock };

export function createCounters({ tries, clock }: Deps): Counters {
  return {
    async enter(counters, refusal) {
      const keys = counters.map(({ key }) => key);
      const refusalOf = (rows: readonly SignInTry[], now: number): AppError | null => {
        const waits = rows.map((row) => waitOf(row, now));
        const longest = Math.max(...waits);
        return longest === 0 ? null : refusal(longest, waits[0] === longest);
      };
      // Most of a flood ends here and writes nothing.
      const early = refusalOf(await tries.read(keys), clock.now());
      if (early !== null) throw early;
      const blockedUntil = await tries.change<number[] | AppError>(keys, (rows) => {
        const now = clock.now();
        const late = refusalOf(rows, now);
        if (late !== null) return { rows: [], result: late };
        const next = counters.map(({ pace, key }, index) =>
          counted(pace, rows[index] ?? freshTry(key[0]), now),
        );
        return { rows: next, result: next.map((row) => row.blocked_until) };
      });
      if (blockedUntil instanceof AppError) throw blockedUntil;
      return { counters, blockedUntil };
    },
    giveBack: ({ counters, blockedUntil }, forgive) =>
      tries.change(
        counters.map(({ key }) => key),
        (rows) => ({
          rows: rows.map((row, index) => {
            const back = takenBack(row, blockedUntil[index] ?? 0);
            return forgive && counters[index]?.isOwn === true ? { ...back, count: 0 } : back;
          }),
          result: undefined,
        }),
      ),
  };
}
