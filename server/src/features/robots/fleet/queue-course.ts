/** A change of length at `at` (epoch milliseconds); null begins a gap in the readings. */
export type QueuePoint = { at: number; length: number | null };

export type QueueSpan = { from: number; to: number; length: number };

/**
 * Splits the history at its gaps; each run is a list of spans of equal length, oldest first. The last length holds
 * until `now`.
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

export function courseSince(points: readonly QueuePoint[], from: number): QueuePoint[] {
  const before = points.findLast(({ at }) => at < from);
  const after = points.filter(({ at }) => at >= from);
  return before && after[0]?.at !== from ? [{ ...before, at: from }, ...after] : after;
}

/**
 * At most `most` points for a chart: of each part of the time the longest queue, and the length at its end.
 */
export function thinned(points: readonly QueuePoint[], most: number): QueuePoint[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length <= most) return [...points];
  const partMs = (last.at - first.at + 1) / Math.floor(most / 2);
  const parts = Map.groupBy(points, ({ at }) => Math.floor((at - first.at) / partMs));
  return [...parts.values()].flatMap((part) => {
    const end = part.at(-1) ?? last;
    const longest = part.reduce((a, b) => ((b.length ?? -1) > (a.length ?? -1) ? b : a), end);
    return longest === end ? [end] : [longest, end];
  });
}
