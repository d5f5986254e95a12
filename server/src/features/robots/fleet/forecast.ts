import type { WaitForecast } from '@cyclorama/shared/robot-fleet.ts';

import { runsOf } from './queue-course.ts';
import type { QueuePoint, QueueSpan } from './queue-course.ts';
import { waitQuantiles } from './survival.ts';
import type { SeenWait } from './survival.ts';

const CHANCE = 0.8;
/** So many arrivals are thought of, evenly over the recorded time in which a newcomer would have stood as far back. */
const ARRIVALS = 500;
/** Fewer turns of a robot than these say nothing. */
const LEAST_TURNS = 5;
/**
 * What a turn counts for among independent waits: more than one, since arrivals within it have different parts of it
 * before them. Waits for several turns share them with their neighbours and count for less, with the square root.
 * Settled on by replaying traces; forecast.test.ts replays others.
 */
const WORTH_OF_TURN = 1.5;

/**
 * How long a newcomer would wait who joins now behind `ahead` others, from the recorded lengths of the queue.
 *
 * While at least `ahead` stand in line, a newcomer waits until the length has dropped `ahead` times: a robot serves
 * one at a time, and who leaves makes it drop ("rerobots API: queue length = active instance + reservations"). So
 * every recorded moment with at least so many in line is an arrival whose wait is known, or was cut short by a gap or
 * by now (Kaplan–Meier). From what n waits tell, the interval is taken at the shares that one more falls between with
 * the chance claimed: (n+1)/n wider than the recorded ones. Where they are too few for two ends it begins at 0.
 *
 * Null where fewer than about five turns were recorded.
 */
export function forecastWait(points: readonly QueuePoint[], now: number, ahead: number): WaitForecast | null {
  const runs = runsOf(points, now);
  if (ahead === 0) return freeForecast(runs);
  const stood = runs.map((run) => standingsOf(run, ahead));
  const turns = stood.reduce((sum, run) => sum + turnsIn(run), 0);
  const worth = (WORTH_OF_TURN * turns) / Math.sqrt(ahead);
  if (Math.min(turns, worth) < LEAST_TURNS) return null;
  const quantile = waitQuantiles(waitsOf(stood.flat()));
  const widened = (share: number): number => (share * (worth + 1)) / worth;
  const told = (low: number, high: number | null): WaitForecast => ({
    lowSeconds: seconds(low),
    highSeconds: high === null ? null : seconds(high),
    chance: CHANCE,
    basis: turns,
  });
  const upper = widened((1 + CHANCE) / 2);
  const high = upper > 1 ? null : quantile(upper);
  if (high !== null) return told(quantile(1 - upper) ?? 0, high);
  const within = quantile(Math.min(1, widened(CHANCE)));
  if (within !== null) return told(0, within);
  const atLeast = quantile(Math.max(0, 1 - widened(CHANCE)));
  return atLeast === null ? null : told(atLeast, null);
}

/** A time with at least so many in line, and when its arrivals had their turn, or were last seen waiting. */
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

/** The waits of arrivals spread over the times, one in each part of equal length but not at its same place. */
function waitsOf(stood: readonly Standing[]): SeenWait[] {
  const step = stood.reduce((sum, { from, to }) => sum + to - from, 0) / ARRIVALS;
  const waits: SeenWait[] = [];
  let gone = 0;
  for (const { from, to, until, ended } of stood) {
    for (let at = placeOf(waits.length) * step; at < gone + to - from; at = placeOf(waits.length) * step) {
      waits.push({ ms: until - (from + at - gone), ended });
    }
    gone += to - from;
  }
  return waits;
}

/** Multiples of the golden ratio fall nowhere in step with a rhythm of the queue. */
const placeOf = (index: number): number => index + ((index * 0.618_033_988_75) % 1);

/** In how many turns of the robot those stood whose wait is known. */
function turnsIn(run: readonly Standing[]): number {
  return new Set(run.flatMap(({ ended, turn }) => (ended ? [turn] : []))).size;
}

/** Nobody is ahead: the robot is had at once, as often as it was recorded free. */
function freeForecast(runs: readonly QueueSpan[][]): WaitForecast | null {
  const basis = runs.flat().filter(({ length }) => length === 0).length;
  return basis < LEAST_TURNS ? null : { lowSeconds: 0, highSeconds: 0, chance: CHANCE, basis };
}

const seconds = (ms: number): number => Math.round(ms / 1_000);
