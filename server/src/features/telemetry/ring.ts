import { MEASURE_COUNT } from './rates.ts';
import type { Sample } from './rates.ts';

/** Values in the order of MEASURES; NaN is a gap. */
export type Visit = (start: number, end: number, values: ArrayLike<number>, offset: number) => void;

export type Ring = {
  /** Samples must arrive in order; ones older than the newest are dropped. */
  push(sample: Sample): void;
  /** Drops the samples that end after `at`. */
  dropAfter(at: number): void;
  /** Samples that end after `from` and start before `to`, oldest first. */
  visit(from: number, to: number, visit: Visit): void;
  latest(measure: number): { at: number; value: number } | null;
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly length: number;
};

/** Float32 columns: three hours of sixteen measures are 80 kB. */
export function createRing(capacity: number): Ring {
  const ends = new Float64Array(capacity);
  const spans = new Float32Array(capacity);
  const values = new Float32Array(capacity * MEASURE_COUNT);
  let head = 0;
  let length = 0;

  const slot = (index: number): number => (head - length + index + capacity) % capacity;
  const endAt = (index: number): number => ends[slot(index)] ?? 0;

  /** First index with an end after `from`. */
  const firstAfter = (from: number): number => {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (endAt(middle) > from) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  return {
    push({ at, start, values: sample }) {
      if (length > 0 && at <= endAt(length - 1)) return;
      ends[head] = at;
      spans[head] = at - start;
      for (let measure = 0; measure < MEASURE_COUNT; measure += 1) {
        values[head * MEASURE_COUNT + measure] = sample[measure] ?? Number.NaN;
      }
      head = (head + 1) % capacity;
      length = Math.min(length + 1, capacity);
    },
    dropAfter(at) {
      while (length > 0 && endAt(length - 1) > at) {
        head = (head - 1 + capacity) % capacity;
        length -= 1;
      }
    },
    visit(from, to, visit) {
      for (let index = firstAfter(from); index < length; index += 1) {
        const place = slot(index);
        const end = ends[place] ?? 0;
        const start = end - (spans[place] ?? 0);
        if (start >= to) break;
        visit(start, end, values, place * MEASURE_COUNT);
      }
    },
    latest(measure) {
      for (let index = length - 1; index >= 0; index -= 1) {
        const value = values[slot(index) * MEASURE_COUNT + measure] ?? Number.NaN;
        if (!Number.isNaN(value)) return { at: endAt(index), value };
      }
      return null;
    },
    get oldest() {
      return length === 0 ? null : endAt(0);
    },
    get newest() {
      return length === 0 ? null : endAt(length - 1);
    },
    get length() {
      return length;
    },
  };
}
