import type { Aggregate, Series } from '@cyclorama/shared/telemetry.ts';

import { MEASURES } from './rates.ts';
import { roundValue } from './resample.ts';
import type { Resampler } from './resample.ts';

/** Many instances as one, taken in one after the other, so that a thousand of them need the room of one. */
export type Gathered = {
  add(instance: Pick<Resampler, 'means'>): void;
  /** Per bucket, over what was measured in it; null where nothing was, and from the bucket `settled` on (settled.ts). */
  values(by: Aggregate, settled: number): Series['values'];
  readonly count: number;
};

export function createGathered(buckets: number): Gathered {
  const size = buckets * MEASURES.length;
  const [sums, known, highest] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let count = 0;
  const columnOf = (measure: number, by: Aggregate, settled: number): (number | null)[] =>
    Array.from({ length: buckets }, (_, bucket) => {
      if (bucket >= settled) return null;
      const place = measure * buckets + bucket;
      const [sum = 0, many = 0, max = 0] = [sums[place], known[place], highest[place]];
      if (many === 0) return null;
      return roundValue(by === 'sum' ? sum : by === 'max' ? max : sum / many);
    });
  return {
    add(instance) {
      count += 1;
      for (const measure of MEASURES.keys())
        for (const [bucket, value] of instance.means(measure).entries()) {
          if (value === null) continue;
          const place = measure * buckets + bucket;
          sums[place] = (sums[place] ?? 0) + value;
          highest[place] = known[place] === 0 ? value : Math.max(highest[place] ?? value, value);
          known[place] = (known[place] ?? 0) + 1;
        }
    },
    values: (by, settled) =>
      Object.fromEntries(
        MEASURES.flatMap((measure, index) =>
          // Some have no limit, so that of the others is none of all.
          measure === 'memoryLimit' ? [] : [[measure, columnOf(index, by, settled)]],
        ),
      ) as Series['values'],
    get count() {
      return count;
    },
  };
}
