/** A change of a queue's length at `at` (epoch milliseconds); null begins a time in which nothing was read. */
export type QueuePoint = { at: number; length: number | null };

/** A time `[from, to)` of one known length. */
export type QueueSpan = { from: number; to: number; length: number };

/**
 * Cuts a queue's recorded course at its gaps: each run is a time read without a gap, as spans of equal length, oldest
 * first. The last length holds until `now`.
 */
export function runsOf(points: readonly QueuePoint[], now: number): QueueSpan[][] {
  const runs: QueueSpan[][] = [];
  let run: QueueSpan[] | null = null;
  for (const [index, { at, length }] of points.entries()) {
    const to = Math.min(now, points[index + 1]?.at ?? now);
    if (length === null) run = null;
    if (length === null || to <= at) continue;
    if (run === null) runs.push((run = []));
    const last = run.at(-1);
    if (last?.length === length) last.to = to;
    else run.push({ from: at, to, length });
  }
  return runs;
}
