import type { Frame } from './codec.ts';
import { COLUMNS, WIDTH } from './columns.ts';
import type { SampleRow } from './head.ts';
import { STATS, statColumn } from './tiers.ts';

/** Nothing: the column was not unpacked, or the block is older than the measure. */
const ABSENT = new Float64Array(0);

/** In the order of time. `wanted`: only these columns; the others are empty. */
export function frameOf(rows: readonly SampleRow[], wanted?: readonly number[]): Frame {
  const columns = COLUMNS.map((name, column) => {
    if (wanted !== undefined && !wanted.includes(column)) return ABSENT;
    const values = new Float64Array(rows.length);
    for (const [place, row] of rows.entries()) values[place] = row[name] ?? Number.NaN;
    return values;
  });
  return { times: Float64Array.from(rows, ({ at }) => at), columns };
}

export function rowsOf(instanceId: string, { times, columns }: Frame): SampleRow[] {
  return Array.from(times, (at, row) => {
    const values = COLUMNS.map((name, column) => {
      const value = columns[column]?.[row] ?? Number.NaN;
      return [name, Number.isNaN(value) ? null : value] as const;
    });
    return { instance_id: instanceId, at, ...Object.fromEntries(values) } as SampleRow;
  });
}

type Place = { frame: Frame; row: number };

/** All times of both, each once; `choose` says which counts where both have one. */
function merged(a: Frame, b: Frame, width: number, choose: (a: Place, b: Place) => Place): Frame {
  const places = new Map<number, Place>();
  for (const [row, at] of a.times.entries()) places.set(at, { frame: a, row });
  for (const [row, at] of b.times.entries()) {
    const known = places.get(at);
    const own = { frame: b, row };
    places.set(at, known === undefined ? own : choose(known, own));
  }
  const ordered = [...places].sort(([one], [other]) => one - other);
  return {
    times: Float64Array.from(ordered, ([at]) => at),
    columns: Array.from({ length: width }, (_, column) =>
      Float64Array.from(ordered, ([, { frame, row }]) => frame.columns[column]?.[row] ?? Number.NaN),
    ),
  };
}

/** Each sample counts once: one that is stored stays. */
export function mergeSamples(stored: Frame | undefined, more: Frame): Frame {
  if (stored === undefined) return more;
  const isLater = (more.times[0] ?? Number.POSITIVE_INFINITY) > (stored.times.at(-1) ?? 0);
  return isLater ? inOrder([stored, more]) : merged(stored, more, WIDTH, (known) => known);
}

/** Frames as one, in the order in which they begin; an earlier release may have written some that overlap. */
export function joined(frames: readonly Frame[]): Frame | undefined {
  if (frames.length < 2) return frames[0];
  const follows = ({ times }: Frame, place: number): boolean =>
    place === 0 || (times[0] ?? 0) > (frames[place - 1]?.times.at(-1) ?? 0);
  return frames.every(follows) ? inOrder(frames) : frames.reduce(mergeSamples);
}

function inOrder(frames: readonly Frame[]): Frame {
  const length = frames.reduce((sum, { times }) => sum + times.length, 0);
  const whole = (of: (frame: Frame) => Float64Array | undefined): Float64Array => {
    if (frames.every((frame) => (of(frame)?.length ?? 0) === 0)) return ABSENT;
    const values = new Float64Array(length).fill(Number.NaN);
    let at = 0;
    for (const frame of frames) {
      values.set(of(frame) ?? ABSENT, at);
      at += frame.times.length;
    }
    return values;
  };
  const width = Math.max(...frames.map(({ columns }) => columns.length));
  return {
    times: whole(({ times }) => times),
    columns: Array.from({ length: width }, (_, column) => whole(({ columns }) => columns[column])),
  };
}

/** Of two points of the same time the one made from more samples: those of the other may be gone by now. */
export function mergePoints(stored: Frame | undefined, more: Frame): Frame {
  if (stored === undefined) return more;
  const width = STATS.length * WIDTH;
  return merged(stored, more, width, (known, own) => (countOf(own) >= countOf(known) ? own : known));
}

function countOf({ frame, row }: Place): number {
  let count = 0;
  for (let measure = 0; measure < WIDTH; measure += 1)
    count += frame.columns[statColumn('count', measure)]?.[row] || 0;
  return count;
}

/** Rows with `from` ≤ time < `to`; views, not copies. */
export function cut({ times, columns }: Frame, from: number, to: number): Frame {
  const [first, after] = [firstFrom(times, from), firstFrom(times, to)];
  return {
    times: times.subarray(first, after),
    columns: columns.map((column) => column.subarray(first, after)),
  };
}

/** Place of the first time that is at least `at`; their count where there is none. */
export function firstFrom(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}
