export type Backoff = { firstMs: number; longestMs: number; random: () => number };

/**
 * `failures` in a row, from 1: doubles from `firstMs` to `longestMs`, ±25 % jitter so that callers that failed together
 * don't retry together.
 */
export function backoffMs(failures: number, { firstMs, longestMs, random }: Backoff): number {
  return Math.min(firstMs * 2 ** (failures - 1), longestMs) * (0.75 + random() / 2);
}
