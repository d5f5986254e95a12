import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import { freshTry } from '../../store/sign-in-tries.ts';
import type { SignInTry } from '../../store/sign-in-tries.ts';
import { counted, paces, takenBack, waitOf } from './limit.rules.ts';
import type { Pace } from './limit.rules.ts';
import type { Tries } from './tries.ts';

/**
 * `address`: what limits count by (`addressKey`). `device`: the id of a device somebody signed in from with this name
 * before; null for any other.
 */
export type Attempt = { name: string; address: string; device: string | null };

export type SignInLimit = {
  /**
   * Runs `check`, which says whether the name and the password are right. Only refusals count, and they count before
   * the check, so that many at once are not free.
   * @throws AppError `rate-limited` where nothing is checked for now.
   */
  guard(attempt: Attempt, kind: 'usual' | 'emergency', check: () => Promise<boolean>): Promise<boolean>;
  /** Signing in worked: this address is one of theirs from now on. */
  keep(attempt: Attempt): Promise<void>;
};

type Counter = { key: string; pace: Pace; isOwn: boolean };
type Deps = { tries: Tries; fingerprint: (parts: string[]) => string; clock: Clock };

export function createSignInLimit({ tries, fingerprint, clock }: Deps): SignInLimit {
  const pairOf = (attempt: Attempt): string => fingerprint(['pair', attempt.name, attempt.address]);

  const countersOf = async (attempt: Attempt, kind: 'usual' | 'emergency'): Promise<Counter[]> => {
    const { name, device } = attempt;
    const ownPace = kind === 'usual' ? paces.own : paces.emergencyOwn;
    const own = (key: string): Counter => ({ key, pace: ownPace, isOwn: true });
    if (device !== null) return [own(fingerprint(['device', name, device]))];
    const pair = pairOf(attempt);
    if (await tries.isKnown(pair)) return [own(pair)];
    const shared = (pace: Pace, ...parts: string[]): Counter => ({
      key: fingerprint(parts),
      pace,
      isOwn: false,
    });
    if (kind === 'emergency') return [own(pair), shared(paces.emergencyTotal, 'emergency')];
    return [
      own(pair),
      shared(paces.address, 'address', attempt.address),
      shared(paces.name, 'name', name),
      shared(paces.total, 'total'),
    ];
  };

  /** Counts one try against all counters, or against none where one of them says to wait. */
  const enter = async (counters: readonly Counter[]): Promise<number[]> => {
    const keys = counters.map(({ key }) => key);
    // Most of a flood ends here and writes nothing.
    const refusal = refusalOf(await tries.read(keys), clock.now());
    if (refusal !== null) throw refusal;
    const blockedUntil = await tries.change<number[] | AppError>(keys, (rows) => {
      const now = clock.now();
      const late = refusalOf(rows, now);
      if (late !== null) return { rows: [], result: late };
      const next = counters.map(({ pace, key }, index) => counted(pace, rows[index] ?? freshTry(key), now));
      return { rows: next, result: next.map((row) => row.blocked_until) };
    });
    if (blockedUntil instanceof AppError) throw blockedUntil;
    return blockedUntil;
  };

  const giveBack = (counters: readonly Counter[], blockedUntil: number[], forgive: boolean): Promise<void> =>
    tries.change(
      counters.map(({ key }) => key),
      (rows) => ({
        rows: rows.map((row, index) => {
          const back = takenBack(row, blockedUntil[index] ?? 0);
          return forgive && counters[index]?.isOwn === true ? { ...back, count: 0 } : back;
        }),
        result: undefined,
      }),
    );

  return {
    async guard(attempt, kind, check) {
      const counters = await countersOf(attempt, kind);
      const blockedUntil = await enter(counters);
      let isRight: boolean;
      try {
        isRight = await check();
      } catch (error) {
        // An upstream that is down must not lock people out.
        await giveBack(counters, blockedUntil, false);
        throw error;
      }
      if (isRight) await giveBack(counters, blockedUntil, true);
      return isRight;
    },
    keep: (attempt) => tries.keep(pairOf(attempt)),
  };
}

/** The first row is the name's own. */
function refusalOf(rows: readonly SignInTry[], now: number): AppError | null {
  const waits = rows.map((row) => waitOf(row, now));
  const longest = Math.max(...waits);
  return longest === 0 ? null : tooMany(longest, waits[0] === longest);
}

function tooMany(waitMs: number, isOwn: boolean): AppError {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  const wait =
    retryAfterSeconds < 120 ? `${retryAfterSeconds} seconds` : `${Math.ceil(retryAfterSeconds / 60)} minutes`;
  return new AppError('rate-limited', 'Too many failed sign-ins.', {
    hint: isOwn
      ? `Wait ${wait} and try again.`
      : `Wait ${wait} and try again, or sign in where you have signed in before.`,
    retryAfterSeconds,
  });
}
