import type { Aggregate, Series } from '@cyclorama/shared/telemetry.ts';

import type { ReadByKey } from './by-key.ts';
import type { Fill } from './fill.ts';
import { createGathered, runsOf } from './gathered.ts';
import { MEASURES } from './rates.ts';
import { createResampler } from './resample.ts';
import type { Grid, Resampler } from './resample.ts';
import { pointsOf } from './sample-row.ts';

/** Of an instance that is gone only what is stored can be read: its container and server are ''. */
export type Asked = {
  id: string;
  name: string;
  containerId: string;
  serverId: string;
  startedAt: number | null;
};
export type InstanceSeries = {
  series: Series[];
  notMeasured: string[];
  notMeasuredReason: string | null;
  byKey: string[];
  /** When the newest sample of each that was read by key was taken, epoch milliseconds. */
  newestByKey: number[];
};

type Deps = {
  fill: Fill;
  /** True where nobody measures the server. */
  isUnmeasured: (serverId: string) => boolean;
  /** Null where there is no such way. */
  readByKey: ReadByKey | null;
};
type Options = {
  to: number;
  extremes: boolean;
  withKey: boolean;
  /** All as one, under this name; `settled` buckets of it are told. */
  together?: {
    id: string;
    name: string;
    by: Aggregate;
    settled: (newestByKey: readonly number[]) => number;
  } | null;
};

/** A series each, in the order asked for: as measured here, else as the API key shows it. */
export function createInstanceSeries({ fill, isUnmeasured, readByKey }: Deps) {
  return async (
    asked: readonly Asked[],
    grid: Grid,
    { to, extremes, withKey, together = null }: Options,
  ): Promise<InstanceSeries> => {
    const resampled = new Map<string, Resampler>();
    const uncovered: Asked[] = [];
    for (const each of asked) {
      const own = createResampler(grid, { extremes: true });
      await fill(own, each.id, grid, to);
      if (own.empty && isUnmeasured(each.serverId)) uncovered.push(each);
      else resampled.set(each.id, own);
    }
    const readable = withKey ? uncovered.filter(({ containerId }) => containerId !== '') : [];
    const found = readable.length === 0 ? null : await readByKey?.(readable, grid.start, to);
    const newestByKey: number[] = [];
    for (const [id, samples] of found?.samples ?? []) {
      const into = createResampler(grid, { extremes: true });
      into.add(pointsOf(samples));
      resampled.set(id, into);
      const newest = samples.at(-1)?.at;
      if (newest !== undefined) newestByKey.push(newest);
    }
    const isMissing = ({ id }: Asked): boolean => !resampled.has(id);
    const isByKey = ({ id }: Asked): boolean => found?.samples.has(id) ?? false;
    const each = (): Series[] =>
      asked.flatMap(({ id, name }) => {
        const of = resampled.get(id);
        return of === undefined ? [] : [{ id, name, ...told(of, extremes) }];
      });
    const one = ({ id, name, by, settled }: NonNullable<Options['together']>): Series[] => {
      const gathered = createGathered(grid.count);
      for (const member of asked) {
        const of = resampled.get(member.id);
        if (of !== undefined) gathered.add(of, runsOf(grid, member));
      }
      return gathered.count === 0 ? [] : [{ id, name, values: gathered.values(by, settled(newestByKey)) }];
    };
    return {
      series: together === null ? each() : one(together),
      notMeasured: uncovered.filter(isMissing).map(({ id }) => id),
      notMeasuredReason: uncovered.some(isMissing) ? (found?.reason ?? null) : null,
      byKey: uncovered.filter(isByKey).map(({ id }) => id),
      newestByKey,
    };
  };
}

function told(resampled: Resampler, extremes: boolean): Omit<Series, 'id' | 'name'> {
  const by = <T>(of: (index: number) => T) =>
    Object.fromEntries(MEASURES.map((measure, index) => [measure, of(index)]));
  const highs = MEASURES.map((_, index) => resampled.highs(index));
  const peak = (index: number): number | null => {
    const known = (highs[index] ?? []).filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  const values = by((index) => resampled.means(index));
  const whole = { values, highest: by(peak) };
  if (!extremes) return whole;
  return { ...whole, lows: by((index) => resampled.lows(index)), highs: by((index) => highs[index] ?? []) };
}
