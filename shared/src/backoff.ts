/** `random` gives 0 ≤ n < 1. */
export type Backoff = { firstMs: number; longestMs: number; random: () => number };

/**
 * How long to wait after this many failures in a row (from 1): doubles from `firstMs` to `longestMs`, a quarter more or
 * less by chance, so that many who failed together do not try again together.
 */
export function backoffMs(failures: number, { firstMs, longestMs, random }: Backoff): number {
  return Math.min(firstMs * 2 ** (failures - 1), longestMs) * (0.75 + random() / 2);
}
