import { AppError } from '../../lib/errors.ts';
import type { Fingerprints } from '../../lib/idempotency.ts';
import type { Counter, Counters } from './counters.ts';
import { paces } from './limit.rules.ts';
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

type Deps = {
  tries: Pick<Tries, 'isKnown' | 'keep'>;
  counters: Counters;
  fingerprint: (parts: string[]) => Fingerprints;
};

export function createSignInLimit({ tries, counters, fingerprint }: Deps): SignInLimit {
  const pairOf = (attempt: Attempt): Fingerprints => fingerprint(['pair', attempt.name, attempt.address]);

  const countersOf = async (attempt: Attempt, kind: 'usual' | 'emergency'): Promise<Counter[]> => {
    const { name, device } = attempt;
    const ownPace = kind === 'usual' ? paces.own : paces.emergencyOwn;
    const own = (key: Fingerprints): Counter => ({ key, pace: ownPace, isOwn: true });
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

  return {
    async guard(attempt, kind, check) {
      // The first counter is the name's own.
      const entered = await counters.enter(await countersOf(attempt, kind), tooMany);
      let isRight: boolean;
      try {
        isRight = await check();
      } catch (error) {
        // An upstream that is down must not lock people out.
        await counters.giveBack(entered, false);
        throw error;
      }
      if (isRight) await counters.giveBack(entered, true);
      return isRight;
    },
    keep: (attempt) => tries.keep(pairOf(attempt)),
  };
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
