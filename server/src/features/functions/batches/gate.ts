import { backoffMs } from '@cyclorama/shared/backoff.ts';

// No jitter: a container has one gate.
const DELAYS = { firstMs: 1_000, longestMs: 30_000, random: () => 0.5 };
/** Consecutive successful starts before an exhausted pool is opened fully again. */
const SUCCESSES_TO_OPEN = 3;

/**
 * Limits how fast batches start runs on one container's pool. After a refusal one run may start for each claim of ours
 * that ends, and one after a delay that doubles from 1 s to 30 s, since other holders release instances too.
 */
export type Gate = {
  /** Whether one more run may start; `starting` is how many are between claim and running. */
  allows(now: number, starting: number): boolean;
  started(now: number): void;
  refused(now: number): void;
  succeeded(now: number): void;
  released(): void;
};

export function createGate(): Gate {
  let exhausted = false;
  let released = 0;
  let refusals = 0;
  let nextProbeAt = 0;
  let successes = 0;
  const delayMs = (): number => backoffMs(refusals, DELAYS);
  return {
    allows: (now, starting) => !exhausted || released > 0 || (now >= nextProbeAt && starting === 0),
    started(now) {
      if (!exhausted) return;
      if (released > 0) released -= 1;
      else nextProbeAt = now + delayMs();
    },
    refused(now) {
      exhausted = true;
      released = 0;
      successes = 0;
      refusals += 1;
      nextProbeAt = now + delayMs();
    },
    succeeded(now) {
      if (!exhausted) return;
      successes += 1;
      refusals = 1;
      nextProbeAt = now;
      if (successes >= SUCCESSES_TO_OPEN) {
        exhausted = false;
        refusals = 0;
      }
    },
    released() {
      if (exhausted) released += 1;
    },
  };
}
