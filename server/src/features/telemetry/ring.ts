import type { Column, Points } from '../../store/telemetry/points.ts';
import { valueAt } from '../../store/telemetry/points.ts';
import { MEASURE_COUNT } from './rates.ts';
import type { Sample } from './rates.ts';

/** Room for as many at first; it doubles up to what is allowed. */
const FIRST_ROOM = 64;

const NOTHING: Points = {
  length: 0,
  ends: [],
  spans: [],
  means: () => Number.NaN,
  lows: () => Number.NaN,
  highs: () => Number.NaN,
};

export type Ring = {
  /** Samples must arrive in order; ones older than the newest are dropped. */
  push(sample: Sample): void;
  /** Drops the samples that end after `at`. */
  dropAfter(at: number): void;
  /** Drops all but the newest `count`, and gives their room back. */
  keepNewest(count: number): void;
  /** Those that end after `from` and start before `to`; good until the ring changes. */
  points(from: number, to: number): Points;
  latest(measure: number): { at: number; value: number } | null;
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly length: number;
  /** When the newest of those ended that had to go; -Infinity while all are here. */
  readonly forgotten: number;
  readonly bytes: number;
};

/**
 * The newest `most` samples, a Float32 column for each measure that has more than one value: three hours, every ten
 * seconds, of what an instance usually has are 55 kB. They lie in one piece, which moves to the front when the room is
 * used up. It begins with what was `loaded`: all at once, as a thousand of them are after a start.
 */
export function createRing(most: number, loaded: Points = NOTHING): Ring {
  const fullRoom = most + Math.max(1, most >> 3);
  let room = Math.min(loaded.length + FIRST_ROOM, fullRoom);
  let ends = new Float64Array(room);
  let spans = new Float32Array(room);
  const columns = Array.from<Float32Array<ArrayBuffer> | undefined>({ length: MEASURE_COUNT });
  /** Of measures without a column. */
  const same = new Float64Array(MEASURE_COUNT).fill(Number.NaN);
  let first = 0;
  let after = 0;
  let forgotten = Number.NEGATIVE_INFINITY;
  let width = 0;

  const endAt = (place: number): number => ends[place] ?? 0;

  /** Place of the first with an end after `from`. */
  const firstAfter = (from: number): number => {
    let low = first;
    let high = after;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (endAt(middle) > from) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  const moveToFront = (): void => {
    for (const column of [ends, spans, ...columns]) column?.copyWithin(0, first, after);
    after -= first;
    first = 0;
  };

  const reallocate = (size: number): void => {
    room = size;
    const moved = (column: Float32Array): Float32Array<ArrayBuffer> => {
      const made = new Float32Array(size);
      made.set(column.subarray(first, after));
      return made;
    };
    const movedEnds = new Float64Array(size);
    movedEnds.set(ends.subarray(first, after));
    ends = movedEnds;
    spans = moved(spans);
    for (const [measure, column] of columns.entries()) {
      if (column === undefined) continue;
      const value = column[first] ?? Number.NaN;
      const isSame = column.subarray(first, after).every((other) => Object.is(other, value));
      columns[measure] = isSame ? undefined : moved(column);
      if (!isSame) continue;
      same[measure] = value;
      width -= 1;
    }
    after -= first;
    first = 0;
  };

  const put = (measure: number, value: number): void => {
    let column = columns[measure];
    if (column === undefined) {
      if (after === first) same[measure] = value;
      if (Object.is(same[measure], value)) return;
      column = new Float32Array(room).fill(same[measure] ?? Number.NaN);
      columns[measure] = column;
      width += 1;
    }
    column[after] = value;
  };

  const begin = ({ length, ends: at, spans: back, means }: Points): void => {
    const skipped = Math.max(0, length - most);
    after = length - skipped;
    if (skipped > 0) forgotten = at[skipped - 1] ?? forgotten;
    for (let place = 0; place < after; place += 1) {
      ends[place] = at[skipped + place] ?? 0;
      spans[place] = back[skipped + place] ?? 0;
    }
    for (const measure of columns.keys()) {
      const column = means(measure);
      const value = Math.fround(valueAt(column, skipped));
      let isSame = true;
      for (let point = skipped + 1; isSame && point < length; point += 1)
        isSame = Object.is(Math.fround(valueAt(column, point)), value);
      same[measure] = value;
      if (isSame) continue;
      const made = new Float32Array(room);
      for (let place = 0; place < after; place += 1) made[place] = valueAt(column, skipped + place);
      columns[measure] = made;
      width += 1;
    }
  };
  if (loaded.length > 0) begin(loaded);

  return {
    push({ at, start, values }) {
      if (after > first && at <= endAt(after - 1)) return;
      if (after === room) {
        if (room < fullRoom && first <= room >> 3) reallocate(Math.min(fullRoom, room * 2));
        else moveToFront();
      }
      ends[after] = at;
      spans[after] = at - start;
      for (let measure = 0; measure < MEASURE_COUNT; measure += 1)
        put(measure, Math.fround(values[measure] ?? Number.NaN));
      after += 1;
      if (after - first > most) {
        forgotten = endAt(first);
        first += 1;
      }
    },
    dropAfter(at) {
      while (after > first && endAt(after - 1) > at) after -= 1;
    },
    keepNewest(count) {
      if (after - first <= count) return;
      first = after - count;
      forgotten = endAt(first - 1);
      reallocate(Math.min(fullRoom, count + Math.max(1, count >> 3)));
    },
    points(from, to) {
      const start = firstAfter(from);
      let end = after;
      while (end > start && endAt(end - 1) - (spans[end - 1] ?? 0) >= to) end -= 1;
      const column = (measure: number): Column =>
        columns[measure]?.subarray(start, end) ?? same[measure] ?? Number.NaN;
      return {
        length: end - start,
        ends: ends.subarray(start, end),
        spans: spans.subarray(start, end),
        means: column,
        lows: column,
        highs: column,
      };
    },
    latest(measure) {
      const column = columns[measure];
      for (let place = after - 1; place >= first; place -= 1) {
        const value = (column === undefined ? same[measure] : column[place]) ?? Number.NaN;
        if (!Number.isNaN(value)) return { at: endAt(place), value };
        if (column === undefined) break;
      }
      return null;
    },
    get oldest() {
      return after === first ? null : endAt(first);
    },
    get newest() {
      return after === first ? null : endAt(after - 1);
    },
    get length() {
      return after - first;
    },
    get forgotten() {
      return forgotten;
    },
    get bytes() {
      return room * (Float64Array.BYTES_PER_ELEMENT + Float32Array.BYTES_PER_ELEMENT * (1 + width));
    },
  };
}
