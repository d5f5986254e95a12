export type Columns = { times: readonly number[]; values: readonly (readonly (number | null)[])[] };

/** More can't be told apart on a screen. */
export const MOST_DRAWN = 500;

/**
 * At most `most` points for each column. A bucket of points becomes two: its lowest and its highest, in the order they
 * came, so that no peak is lost; it is a gap where nothing in it was measured.
 */
export function thinned(columns: Columns, most = MOST_DRAWN): Columns {
  const { times, values } = columns;
  const count = times.length;
  if (count <= most) return columns;
  const buckets = Math.floor(most / 2);
  const starts = Array.from({ length: buckets + 1 }, (_, bucket) => Math.floor((bucket * count) / buckets));
  const drawn = starts.slice(0, -1).flatMap((start, bucket) => {
    const middle = Math.floor((start + (starts[bucket + 1] ?? count)) / 2);
    return [times[start] ?? 0, times[middle] ?? 0];
  });
  return { times: drawn, values: values.map((column) => extremes(column, starts)) };
}

function extremes(column: readonly (number | null)[], starts: readonly number[]): (number | null)[] {
  const out: (number | null)[] = [];
  for (let bucket = 0; bucket < starts.length - 1; bucket += 1) {
    let [low, high] = [-1, -1];
    const end = starts[bucket + 1] ?? 0;
    for (let index = starts[bucket] ?? 0; index < end; index += 1) {
      const value = column[index] ?? null;
      if (value === null) continue;
      if (low === -1 || value < (column[low] ?? 0)) low = index;
      if (high === -1 || value > (column[high] ?? 0)) high = index;
    }
    out.push(column[Math.min(low, high)] ?? null, column[Math.max(low, high)] ?? null);
  }
  return out;
}
