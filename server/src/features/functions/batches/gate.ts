const MIN_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;
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
  let delayMs = 0;
  let nextProbeAt = 0;
  let successes = 0;
  return {
    allows: (now, starting) => !exhausted || released > 0 || (now >= nextProbeAt && starting === 0),
    started(now) {
      if (!exhausted) return;
      if (released > 0) released -= 1;
      else nextProbeAt = now + delayMs;
    },
    refused(now) {
      exhausted = true;
      released = 0;
      successes = 0;
      delayMs = Math.min(MAX_DELAY_MS, Math.max(MIN_DELAY_MS, delayMs * 2));
      nextProbeAt = now + delayMs;
    },
    succeeded(now) {
      if (!exhausted) return;
      successes += 1;
      delayMs = MIN_DELAY_MS;
      nextProbeAt = now;
      if (successes >= SUCCESSES_TO_OPEN) {
        exhausted = false;
        delayMs = 0;
      }
    },
    released() {
      if (exhausted) released += 1;
    },
  };
}
