import { describe, expect, it } from 'vitest';

import { forecastWait } from './forecast.ts';
import { runsOf } from './queue-course.ts';
import type { QueuePoint } from './queue-course.ts';
import { queueWorlds, replay, traceOf } from './queue-trace.fixture.ts';
import type { QueueWorld } from './queue-trace.fixture.ts';
import { waitQuantiles } from './survival.ts';

const MINUTE = 60_000;
/** `[minute, length]`. */
const course = (...points: [at: number, length: number | null][]): QueuePoint[] =>
  points.map(([at, length]) => ({ at: at * MINUTE, length }));
/** `count` people one after another, each for ten minutes with ten minutes between. */
const tens = (count: number): QueuePoint[] =>
  Array.from({ length: count }, (_, index) => course([index * 20, 1], [index * 20 + 10, 0])).flat();

describe('a recorded course', () => {
  it('is split at its gaps, joins equal lengths and holds until now', () => {
    const points = course([0, 1], [5, 1], [10, 2], [20, null], [30, 0], [90, 3]);
    expect(runsOf(points, 60 * MINUTE)).toEqual([
      [
        { from: 0, to: 10 * MINUTE, length: 1 },
        { from: 10 * MINUTE, to: 20 * MINUTE, length: 2 },
      ],
      [{ from: 30 * MINUTE, to: 60 * MINUTE, length: 0 }],
    ]);
    expect(runsOf([], 5)).toEqual([]);
  });
});

describe('the quantiles of waits', () => {
  it('are those of the waits if none is censored', () => {
    const quantile = waitQuantiles([4, 2, 1, 3, 5].map((ms) => ({ ms, ended: true })));
    expect([0, 0.2, 0.21, 0.8, 1].map(quantile)).toEqual([0, 1, 2, 4, 5]);
  });

  it('count a censored wait as going on, and are null beyond the data', () => {
    // By hand: 5 go on; 1 ends: 4/5; one is lost; of 3 one ends: 4/5 · 2/3 = 8/15; two are lost.
    const quantile = waitQuantiles([
      { ms: 1, ended: true },
      { ms: 2, ended: false },
      { ms: 3, ended: true },
      { ms: 4, ended: false },
      { ms: 4, ended: false },
    ]);
    expect([0.2, 0.21, 7 / 15, 0.47].map(quantile)).toEqual([1, 3, 3, null]);
  });
});

describe('a forecast', () => {
  it('is the rest of a turn for the first in line', () => {
    const forecast = forecastWait(tens(200), 4_000 * MINUTE, 1);
    // An arrival at any moment of ten minutes waits for what is left of them: evenly 0…10 min, of which 80 % is 1…9.
    expect(forecast).toMatchObject({ chance: 0.8, basis: 200 });
    expect(forecast?.lowSeconds).toBeGreaterThan(45);
    expect(forecast?.lowSeconds).toBeLessThan(75);
    expect(forecast?.highSeconds).toBeGreaterThan(525);
    expect(forecast?.highSeconds).toBeLessThan(555);
  });

  it('is wider the fewer turns it has, and begins at 0 with too few for two ends', () => {
    const width = (count: number): number => {
      const { lowSeconds, highSeconds } = forecastWait(tens(count), count * 20 * MINUTE, 1) ?? {};
      return (highSeconds ?? Number.NaN) - (lowSeconds ?? Number.NaN);
    };
    expect(width(8)).toBeGreaterThan(width(30));
    expect(width(30)).toBeGreaterThan(width(300));
    expect(forecastWait(tens(5), 100 * MINUTE, 1)).toMatchObject({ lowSeconds: 0, basis: 5 });
  });

  it('is not made from fewer than five turns, nor for more in line than ever were', () => {
    expect(forecastWait(tens(4), 80 * MINUTE, 1)).toBeNull();
    expect(forecastWait(tens(200), 4_000 * MINUTE, 2)).toBeNull();
    expect(forecastWait([], 0, 1)).toBeNull();
  });

  it('is zero if nobody is ahead', () => {
    expect(forecastWait(tens(6), 120 * MINUTE, 0)).toEqual({
      lowSeconds: 0,
      highSeconds: 0,
      chance: 0.8,
      basis: 6,
    });
    expect(forecastWait(tens(4), 80 * MINUTE, 0)).toBeNull();
  });

  it('has no upper end if gaps censor most waits', () => {
    const seen = tens(6);
    const cut = Array.from({ length: 10 }, (_, index) =>
      course([200 + index * 40, 1], [200 + index * 40 + 30, null]),
    ).flat();
    expect(forecastWait([...seen, ...cut], 2_000 * MINUTE, 1)).toMatchObject({ highSeconds: null, basis: 6 });
  });

  it('counts a drop by two as two turns', () => {
    const points = Array.from({ length: 30 }, (_, index) =>
      course([index * 30, 2], [index * 30 + 10, 0]),
    ).flat();
    const [one, two] = [1, 2].map((ahead) => forecastWait(points, 900 * MINUTE, ahead));
    expect(two?.highSeconds).toBeLessThanOrEqual(600);
    expect(one?.highSeconds).toBeLessThanOrEqual(600);
  });
});

/** Replays on traces that the constants were not chosen with (those were seeds 1 to 100). */
const replayed = (world: QueueWorld): { made: number; held: number; open: number } => {
  const sum = { made: 0, held: 0, open: 0 };
  for (let seed = 5_001; seed <= 5_060; seed += 1) {
    const { made, held, open } = replay(traceOf(world, seed), seed, 40, forecastWait);
    sum.made += made;
    sum.held += held;
    sum.open += open;
  }
  return sum;
};

describe('of 100 forecasts made from the past of a trace at 80 %', () => {
  const { impatient, ...patient } = queueWorlds;

  it.each(Object.entries(patient))('75 to 85 come true in the world %s', (_, world) => {
    const { made, held, open } = replayed(world);
    expect(made).toBeGreaterThan(600);
    expect(open).toBeLessThan(made / 20);
    expect(held / made).toBeGreaterThan(0.75);
    expect(held / made).toBeLessThan(0.85);
  });

  it('a few less may if one in four leaves the queue early, which its length does not show', () => {
    const { made, held } = replayed(impatient);
    expect(made).toBeGreaterThan(600);
    expect(held / made).toBeGreaterThan(0.7);
    expect(held / made).toBeLessThan(0.85);
  });
});
