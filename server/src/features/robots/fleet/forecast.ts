import type { WaitForecast } from '@cyclorama/shared/robots.ts';

import { runsOf } from './queue-course.ts';
import type { QueuePoint, QueueSpan } from './queue-course.ts';
import { waitQuantiles } from './survival.ts';
import type { ObservedWait } from './survival.ts';

const CHANCE = 0.8;
/** Simulated arrivals, spread evenly over the recorded time in which the queue was long enough. */
const ARRIVALS = 500;
/** With fewer turns of a robot there is no forecast. */
const MIN_TURNS = 5;
/**
 * How many independent waits a turn counts for: more than one, since arrivals within it have different parts of it
 * ahead of them. Waits for several turns overlap and count for less, by the square root. Chosen by replaying traces;
 * forecast.test.ts replays others.
 */
const WAITS_PER_TURN = 1.5;

/**
 * The wait of someone who joins now behind `ahead` others, from the recorded queue lengths.
 *
 * They wait until the length has dropped `ahead` times: a robot serves one at a time, and each departure lowers the
 * length ("rerobots API: queue length = active instance + reservations"). So every recorded moment with at least that
 * many in line is an arrival whose wait is known, or censored by a gap or by now (Kaplan–Meier). The interval is a
 * prediction interval: its quantiles are (n+1)/n wider than those of the n recorded waits. With too few waits for two
 * ends it begins at 0.
 *
 * Null if fewer than about five turns were recorded.
 */
export function forecastWait(points: readonly QueuePoint[], now: number, ahead: number): WaitForecast | null {
  const runs = runsOf(points, now);
  if (ahead === 0) return freeForecast(runs);
  const standings = runs.map((run) => standingsOf(run, ahead));
  const turns = standings.reduce((sum, run) => sum + turnsIn(run), 0);
  const effectiveWaits = (WAITS_PER_TURN * turns) / Math.sqrt(ahead);
  if (Math.min(turns, effectiveWaits) < MIN_TURNS) return null;
  const quantile = waitQuantiles(waitsOf(standings.flat()));
  const widened = (share: number): number => (share * (effectiveWaits + 1)) / effectiveWaits;
  const forecast = (low: number, high: number | null): WaitForecast => ({
    lowSeconds: seconds(low),
    highSeconds: high === null ? null : seconds(high),
    chance: CHANCE,
    basis: turns,
  });
  const upper = widened((1 + CHANCE) / 2);
  const high = upper > 1 ? null : quantile(upper);
  if (high !== null) return forecast(quantile(1 - upper) ?? 0, high);
  const within = quantile(Math.min(1, widened(CHANCE)));
  if (within !== null) return forecast(0, within);
  const atLeast = quantile(Math.max(0, 1 - widened(CHANCE)));
  return atLeast === null ? null : forecast(atLeast, null);
}

/** A time with at least `ahead` in line; `until` is when its arrivals were served or last seen waiting. */
type Standing = { from: number; to: number; until: number; ended: boolean; turn: number };

function standingsOf(run: readonly QueueSpan[], ahead: number): Standing[] {
  const drops: number[] = [];
  const dropsBefore: number[] = [];
  for (const [index, { length }] of run.entries()) {
    dropsBefore.push(drops.length);
    const next = run[index + 1];
    if (next) for (let left = length; left > next.length; left -= 1) drops.push(next.from);
  }
  const end = run.at(-1)?.to ?? 0;
  return run.flatMap(({ from, to, length }, index) => {
    if (length < ahead) return [];
    const turn = dropsBefore[index] ?? 0;
    const until = drops[turn + ahead - 1];
    return [{ from, to, until: until ?? end, ended: until !== undefined, turn }];
  });
}

/** One arrival in each part of equal length, at a varying place in it. */
function waitsOf(standings: readonly Standing[]): ObservedWait[] {
  const step = standings.reduce((sum, { from, to }) => sum + to - from, 0) / ARRIVALS;
  const waits: ObservedWait[] = [];
  let elapsed = 0;
  for (const { from, to, until, ended } of standings) {
    for (let at = placeOf(waits.length) * step; at < elapsed + to - from; at = placeOf(waits.length) * step) {
      waits.push({ ms: until - (from + at - elapsed), ended });
    }
    elapsed += to - from;
  }
  return waits;
}

/** Multiples of the golden ratio don't align with any rhythm of the queue. */
const placeOf = (index: number): number => index + ((index * 0.618_033_988_75) % 1);

function turnsIn(run: readonly Standing[]): number {
  return new Set(run.flatMap(({ ended, turn }) => (ended ? [turn] : []))).size;
}

function freeForecast(runs: readonly QueueSpan[][]): WaitForecast | null {
  const basis = runs.flat().filter(({ length }) => length === 0).length;
  return basis < MIN_TURNS ? null : { lowSeconds: 0, highSeconds: 0, chance: CHANCE, basis };
}

const seconds = (ms: number): number => Math.round(ms / 1_000);
