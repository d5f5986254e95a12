/** A wait that ended after `ms`, or, censored, was still going on when it was last seen. */
export type SeenWait = { ms: number; ended: boolean };

/**
 * The share of waits over by a time, by Kaplan and Meier: a censored wait counts among those that go on for as long
 * as it was seen. Gives back the least time by which at least `share` (0…1) are over; null where the waits seen do
 * not tell.
 */
export function waitQuantiles(waits: readonly SeenWait[]): (share: number) => number | null {
  // Of two at one moment the ended one comes first: the other was still going on then.
  const sorted = waits.toSorted((a, b) => a.ms - b.ms || Number(b.ended) - Number(a.ended));
  let going = 1;
  const over: { ms: number; share: number }[] = [];
  for (const [index, { ms, ended }] of sorted.entries()) {
    if (!ended) continue;
    going *= 1 - 1 / (sorted.length - index);
    over.push({ ms, share: 1 - going });
  }
  // The products round; without this the last wait of all might not count as the whole.
  const slack = 1e-9;
  return (share) => (share <= 0 ? 0 : (over.find((step) => step.share >= share - slack)?.ms ?? null));
}
