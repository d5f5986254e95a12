const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
/** So many starts in a row must work before a pool that was empty is trusted again. */
const TRUSTED_AFTER = 3;

/**
 * Lets runs of batches start on one container's pool. After a refusal starts are let through one by one: one for each
 * claim of ours that ends, and one after a wait that doubles from a second to thirty, since others release too.
 */
export type Gate = {
  /** True where one more run may be started at `now`, with `starting` others between claim and running. */
  opens(now: number, starting: number): boolean;
  started(now: number): void;
  refused(now: number): void;
  worked(now: number): void;
  /** A claim of ours gave its instance back. */
  freed(): void;
};

export function createGate(): Gate {
  let tight = false;
  let freed = 0;
  let delayMs = 0;
  let until = 0;
  let workedInARow = 0;
  return {
    opens: (now, starting) => !tight || freed > 0 || (now >= until && starting === 0),
    started(now) {
      if (!tight) return;
      if (freed > 0) freed -= 1;
      else until = now + delayMs;
    },
    refused(now) {
      tight = true;
      freed = 0;
      workedInARow = 0;
      delayMs = Math.min(LONGEST_DELAY_MS, Math.max(FIRST_DELAY_MS, delayMs * 2));
      until = now + delayMs;
    },
    worked(now) {
      if (!tight) return;
      workedInARow += 1;
      delayMs = FIRST_DELAY_MS;
      until = now;
      if (workedInARow >= TRUSTED_AFTER) {
        tight = false;
        delayMs = 0;
      }
    },
    freed() {
      if (tight) freed += 1;
    },
  };
}
