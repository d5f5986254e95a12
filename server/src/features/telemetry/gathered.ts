import type { Aggregate, Measure, Series } from '@cyclorama/shared/telemetry.ts';

import { MEASURES } from './rates.ts';
import { roundValue } from './resample.ts';
import type { Grid, Resampler } from './resample.ts';

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

/** Some instances have no memory limit, so that of the others is none of all. */
const ADDABLE = MEASURES.filter((each) => each !== 'memoryLimit');

/** Where a server is silent tells memory, which each sample has, or the first of `measures` without it. */
export function createGathered(
  buckets: number,
  {
    measures = ADDABLE,
    silences = createSilences(buckets),
  }: { measures?: readonly Measure[]; silences?: Silences } = {},
): Gathered {
  const size = buckets * measures.length;
  const [sums, known, highest] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let count = 0;
  const columnOf = (column: number, by: Aggregate, isTold: readonly boolean[]): (number | null)[] =>
    Array.from({ length: buckets }, (_, bucket) => {
      if (isTold[bucket] !== true) return null;
      const place = column * buckets + bucket;
      const [sum = 0, many = 0, max = 0] = [sums[place], known[place], highest[place]];
      if (many === 0) return null;
      return roundValue(by === 'sum' ? sum : by === 'max' ? max : sum / many);
    });
  return {
    add(instance, on) {
      count += 1;
      const telling = Math.max(0, measures.indexOf('memory'));
      for (const [column, measure] of measures.entries()) {
        const means = instance.means(MEASURES.indexOf(measure));
        if (column === telling) silences.add(means, on);
        for (const [bucket, value] of means.entries()) {
          if (value === null) continue;
          const place = column * buckets + bucket;
          sums[place] = (sums[place] ?? 0) + value;
          highest[place] = known[place] === 0 ? value : Math.max(highest[place] ?? value, value);
          known[place] = (known[place] ?? 0) + 1;
        }
      }
    },
    values(by, settled) {
      const isTold = Array.from({ length: buckets }, (_, bucket) => bucket < settled && !silences.at(bucket));
      return Object.fromEntries(
        measures.map((measure, column) => [measure, columnOf(column, by, isTold)]),
      ) as Series['values'];
    },
    get count() {
      return count;
    },
  };
}

/** Values of one moment as one; null where there are none. */
export function asOne(values: readonly (number | null)[], by: Aggregate): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const sum = known.reduce((total, value) => total + value, 0);
  return roundValue(by === 'sum' ? sum : by === 'max' ? Math.max(...known) : sum / known.length);
}

/** An instance that nobody knows any more. */
export const GONE = { serverId: '', startedAt: null };

/** `startedAt`: epoch milliseconds; null where it is not known. */
export function runsOf(
  { start, stepMs }: Grid,
  { serverId, startedAt }: { serverId: string; startedAt: number | null },
): Runs {
  const since = startedAt === null ? Number.POSITIVE_INFINITY : Math.ceil((startedAt - start) / stepMs);
  return { serverId, since: Math.max(0, since) };
}

export type Silences = {
  /** `values`: of an instance, a bucket each. */
  add(values: readonly (number | null)[], on: Runs): void;
  /** Whether a server was silent in the bucket. */
  at(bucket: number): boolean;
};

/**
 * A server is silent where none of its instances was measured, though one of them was before and after and has run all
 * the while: it did not stop, nobody told.
 */
export function createSilences(buckets: number): Silences {
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
