import type { Aggregate, Series } from '@cyclorama/shared/telemetry.ts';

import { MEASURES } from './rates.ts';
import { roundValue } from './resample.ts';
import type { Resampler } from './resample.ts';

/** Many instances as one, taken in one after the other, so that a thousand of them need the room of one. */
export type Gathered = {
  add(instance: Pick<Resampler, 'means'>, on: Runs): void;
  /**
   * Per bucket, over what was measured in it; null where nothing was, from the bucket `settled` on (settled.ts), and
   * where a server was silent: the rest would look like a fall.
   */
  values(by: Aggregate, settled: number): Series['values'];
  readonly count: number;
};

/** Where an instance runs, and the first bucket in which it ran as it does now; infinite where that is not known. */
export type Runs = { serverId: string; since: number };

export function createGathered(buckets: number): Gathered {
  const silences = createSilences(buckets);
  const size = buckets * MEASURES.length;
  const [sums, known, highest] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let count = 0;
  const columnOf = (measure: number, by: Aggregate, isTold: readonly boolean[]): (number | null)[] =>
    Array.from({ length: buckets }, (_, bucket) => {
      if (isTold[bucket] !== true) return null;
      const place = measure * buckets + bucket;
      const [sum = 0, many = 0, max = 0] = [sums[place], known[place], highest[place]];
      if (many === 0) return null;
      return roundValue(by === 'sum' ? sum : by === 'max' ? max : sum / many);
    });
  return {
    add(instance, on) {
      count += 1;
      silences.add(instance.means(0), on);
      for (const measure of MEASURES.keys())
        for (const [bucket, value] of instance.means(measure).entries()) {
          if (value === null) continue;
          const place = measure * buckets + bucket;
          sums[place] = (sums[place] ?? 0) + value;
          highest[place] = known[place] === 0 ? value : Math.max(highest[place] ?? value, value);
          known[place] = (known[place] ?? 0) + 1;
        }
    },
    values(by, settled) {
      const isTold = Array.from({ length: buckets }, (_, bucket) => bucket < settled && !silences.at(bucket));
      return Object.fromEntries(
        MEASURES.flatMap((measure, index) =>
          // Some have no limit, so that of the others is none of all.
          measure === 'memoryLimit' ? [] : [[measure, columnOf(index, by, isTold)]],
        ),
      ) as Series['values'];
    },
    get count() {
      return count;
    },
  };
}

/**
 * A server is silent where none of its instances was measured, though one of them was before and after and has run all
 * the while: it did not stop, nobody told.
 */
function createSilences(buckets: number) {
  const servers = new Map<string, { told: Uint8Array; due: Uint8Array }>();
  return {
    add(values: readonly (number | null)[], { serverId, since }: Runs): void {
      let server = servers.get(serverId);
      if (server === undefined) {
        server = { told: new Uint8Array(buckets), due: new Uint8Array(buckets) };
        servers.set(serverId, server);
      }
      let last: number | null = null;
      for (const [bucket, value] of values.entries()) {
        if (value === null) continue;
        server.told[bucket] = 1;
        if (last !== null && bucket > last + 1) server.due.fill(1, Math.max(last + 1, since), bucket);
        last = bucket;
      }
    },
    at: (bucket: number): boolean =>
      [...servers.values()].some(({ told, due }) => due[bucket] === 1 && told[bucket] !== 1),
  };
}
