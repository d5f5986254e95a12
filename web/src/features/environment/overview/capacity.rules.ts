import type { Capacity } from '@cyclorama/shared/environment.ts';
import type { WellBeing } from '@cyclorama/shared/topology.ts';

import type { Zone } from '../../../lib/time.ts';

/** From the bottom of the strip to its top. */
const LAYERS: readonly WellBeing[] = ['running', 'stopped', 'changing', 'not-ready', 'unhealthy', 'failed'];
/** Of the height; what is wrong is seen although it is one of ten thousand. */
const LEAST_SHARE = 0.03;

const HOUR_MS = 3_600_000;

type Bucket = Capacity['buckets'][number];

export function totalOf(bucket: Bucket): number {
  return Object.values(bucket ?? {}).reduce((sum, count) => sum + count, 0);
}

type Band = { state: WellBeing; from: number; to: number };

/** The layers of one bucket as shares of `most`, from 0 at the bottom. */
export function bandsOf(bucket: NonNullable<Bucket>, most: number): Band[] {
  const bands: Band[] = [];
  let from = 0;
  for (const state of LAYERS) {
    const count = bucket[state] ?? 0;
    if (count === 0 || most === 0) continue;
    const isWrong = state === 'failed' || state === 'unhealthy' || state === 'not-ready';
    const share = Math.max(count / most, isWrong ? LEAST_SHARE : 0);
    // What is enlarged takes its place from what is below it, so that the strip keeps its height.
    const to = Math.min(1, from + share);
    bands.push({ state, from: Math.max(0, to - share), to });
    from = to;
  }
  return bands;
}

type Hour = {
  at: number;
  /** The worst count in it; null: nothing was counted. */
  counts: Bucket;
  deployments: number;
  failures: number;
  recoveries: number;
};

/** For the table, newest first. */
export function hoursOf({ from, stepMs, buckets, marks }: Capacity): Hour[] {
  const hours: Hour[] = [];
  const perHour = HOUR_MS / stepMs;
  for (let index = 0; index < buckets.length; index += perHour) {
    const at = from + index * stepMs;
    const known = buckets.slice(index, index + perHour).filter((bucket) => bucket !== null);
    const counts = known.toSorted((a, b) => (a.running ?? 0) - (b.running ?? 0))[0] ?? null;
    const hour: Hour = { at, counts, deployments: 0, failures: 0, recoveries: 0 };
    for (const mark of marks) {
      if (mark.at < at || mark.at >= at + HOUR_MS) continue;
      hour.deployments += mark.deployments;
      hour.failures += mark.failures;
      hour.recoveries += mark.recoveries;
    }
    hours.push(hour);
  }
  return hours.toReversed();
}

/** Whole hours of the zone, every `everyHours`. */
export function ticksOf(from: number, to: number, everyHours: number, offsetMs: number): number[] {
  const step = everyHours * HOUR_MS;
  const first = Math.ceil((from + offsetMs) / step) * step - offsetMs;
  return Array.from(
    { length: Math.max(0, Math.floor((to - first) / step) + 1) },
    (_, index) => first + index * step,
  );
}

/** Of the zone at a moment, so that ticks fall on its whole hours. */
export function offsetOf(at: number, zone: Zone): number {
  return zone === 'utc' ? 0 : -new Date(at).getTimezoneOffset() * 60_000;
}
