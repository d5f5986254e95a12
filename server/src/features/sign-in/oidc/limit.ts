import { AppError } from '../../../lib/errors.ts';
import type { Fingerprints } from '../../../lib/idempotency.ts';
import type { Counter, Counters } from '../counters.ts';
import { paces } from '../limit.rules.ts';
import { ProviderError } from './provider.ts';

/** Bounds by address what strangers make us and the provider do. */
export type ProviderLimit = {
  /** Counts one sign-in begun. @throws AppError `rate-limited` */
  begin(address: string): Promise<void>;
  /**
   * Runs `work`, which takes the provider's answer, and counts it where it led to no session. One that did is not
   * counted as begun either, so that many people behind one address can sign in.
   * @throws AppError `rate-limited` where nothing was done.
   */
  finish<T>(address: string, work: () => Promise<T>): Promise<T>;
};

type Deps = { counters: Counters; fingerprint: (parts: string[]) => Fingerprints };

export function createProviderLimit({ counters, fingerprint }: Deps): ProviderLimit {
  const begun = (address: string): Counter[] => [
    { key: fingerprint(['provider', address]), pace: paces.providerStart, isOwn: false },
  ];
  const answered = (address: string): Counter[] => [
    { key: fingerprint(['provider answer', address]), pace: paces.providerAnswer, isOwn: false },
  ];
  return {
    async begin(address) {
      await counters.enter(begun(address), tooMany);
    },
    async finish(address, work) {
      const entered = await counters.enter(answered(address), tooMany);
      try {
        const result = await work();
        await counters.giveBack(entered, false);
        await counters.giveBack({ counters: begun(address), blockedUntil: [] }, false);
        return result;
      } catch (error) {
        // A provider that is down must not lock people out.
        if (error instanceof ProviderError && error.fault === 'unreachable') {
          await counters.giveBack(entered, false);
        }
        throw error;
      }
    },
  };
}

function tooMany(waitMs: number): AppError {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  return new AppError('rate-limited', 'Too many sign-ins were begun from this address.', {
    hint: `Wait ${retryAfterSeconds} seconds and try again.`,
    retryAfterSeconds,
  });
}
