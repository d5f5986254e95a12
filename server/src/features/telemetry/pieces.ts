import type { Points } from '../../store/telemetry/points.ts';

/** What of which point lies in which bucket, for `covered` milliseconds. */
export type Pieces = { count: number; point: Int32Array; bucket: Int32Array; covered: Float64Array };

/** For all that is cut, one after the other: it is used up before the next is. */
let scratch = roomFor(1_024);

function roomFor(size: number): Pieces {
  const [point, bucket] = [new Int32Array(size), new Int32Array(size)];
  return { count: 0, point, bucket, covered: new Float64Array(size) };
}

/** Points cut where buckets end, once for all measures of them. Good until the next call. */
export function cutAt(
  grid: { start: number; stepMs: number; count: number },
  { length, ends, spans }: Pick<Points, 'length' | 'ends' | 'spans'>,
): Pieces {
  scratch.count = 0;
  for (let point = 0; point < length; point += 1) {
    const end = (ends[point] ?? 0) - grid.start;
    let at = Math.max(0, end - (spans[point] ?? 0));
    for (let bucket = Math.floor(at / grid.stepMs); at < end && bucket < grid.count; bucket += 1) {
      const until = Math.min(end, (bucket + 1) * grid.stepMs);
      put(point, bucket, until - at);
      at = until;
    }
  }
  return scratch;
}

function put(point: number, bucket: number, covered: number): void {
  const { count } = scratch;
  if (count === scratch.point.length) {
    const larger = roomFor(count * 2);
    larger.point.set(scratch.point);
    larger.bucket.set(scratch.bucket);
    larger.covered.set(scratch.covered);
    scratch = larger;
  }
  scratch.point[count] = point;
  scratch.bucket[count] = bucket;
  scratch.covered[count] = covered;
  scratch.count = count + 1;
}
