/** A wait that ended after `ms`, or was still going on then (censored). */
export type ObservedWait = { ms: number; ended: boolean };

/**
 * Kaplan–Meier quantiles: the least time by which at least `share` (0…1) of the waits have ended; null if the observed
 * waits don't say.
 */
export function waitQuantiles(waits: readonly ObservedWait[]): (share: number) => number | null {
  // At equal times the ended wait comes first: the censored one was still going on.
  const sorted = waits.toSorted((a, b) => a.ms - b.ms || Number(b.ended) - Number(a.ended));
  let survival = 1;
  const steps: { ms: number; share: number }[] = [];
  for (const [index, { ms, ended }] of sorted.entries()) {
    if (!ended) continue;
    survival *= 1 - 1 / (sorted.length - index);
    steps.push({ ms, share: 1 - survival });
  }
  // Rounding errors: without this the last wait might not reach a share of 1.
  const slack = 1e-9;
  return (share) => (share <= 0 ? 0 : (steps.find((step) => step.share >= share - slack)?.ms ?? null));
}
