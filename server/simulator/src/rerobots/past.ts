import type { Random } from '../random.ts';
import { drawExponential } from './outages.ts';
import { queueLength } from './world.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const DAY_MS = 86_400_000;
const ARRIVAL_MEAN_MS = 170_000;
const SESSION_MEAN_MS = 240_000;
const LONGEST_QUEUE = 4;
/** Robots that other users never book are the dashboard's user's own for long, then free for long. */
const OWN = { freeMeanMs: 95 * MINUTE, sessionMs: [8 * MINUTE, 70 * MINUTE] as const };
/** Of other robots' sessions the dashboard's user has one in this many of those that lasted. */
const OURS_ONE_IN = 24;
const LASTED_MS = 5 * MINUTE;

type Session = { instance: string; from: number; to: number };

/** Change points of the queue's length and the sessions of the dashboard's user, oldest first; epoch milliseconds. */
export type PastRobot = {
  deployment: string;
  type: string;
  region: string;
  queue: { at: number; length: number }[];
  sessions: Session[];
};

/** A day of each robot's use, as if the dashboard had recorded it; it ends with the queue as it is. */
export function pastOfRobots(world: World): PastRobot[] {
  return [...world.deployments.values()]
    .filter(({ dissolved, lockout, beating }) => dissolved === null && !lockout && beating)
    .map((deployment) => {
      const { id, type, region, quiet } = deployment;
      const random = world.random.fork(`past ${id}`);
      const now = world.clock.now();
      const uses = quiet ? ownUse(random, now) : sharedUse(random, now, queueLength(world, deployment));
      return { deployment: id, type, region, ...uses };
    });
}

type Use = Pick<PastRobot, 'queue' | 'sessions'>;

function ownUse(random: Random, now: number): Use {
  const queue: Use['queue'] = [{ at: now - DAY_MS, length: 0 }];
  const sessions: Session[] = [];
  for (let at = now - DAY_MS; ;) {
    const from = Math.round(at + drawExponential(random, OWN.freeMeanMs, 4 * MINUTE, DAY_MS));
    const to = from + random.int(...OWN.sessionMs);
    if (to > now - 5 * MINUTE) return { queue, sessions };
    queue.push({ at: from, length: 1 }, { at: to, length: 0 });
    sessions.push({ instance: random.uuid(), from, to });
    at = to;
  }
}

/**
 * Arrivals and departures, played backwards from the present length: such a process looks the same in both directions
 * of time, and so the past ends where the world is.
 */
function sharedUse(random: Random, now: number, length: number): Use {
  const points: Use['queue'] = [];
  for (let at = now; ;) {
    const arrival =
      length >= LONGEST_QUEUE ? Infinity : drawExponential(random, ARRIVAL_MEAN_MS, 1_000, DAY_MS);
    const departure = length === 0 ? Infinity : drawExponential(random, SESSION_MEAN_MS, 1_000, DAY_MS);
    const before = at - Math.round(Math.min(arrival, departure));
    if (before < now - DAY_MS) {
      points.push({ at: now - DAY_MS, length });
      break;
    }
    points.push({ at: before, length });
    at = before;
    length += arrival < departure ? 1 : -1;
  }
  const queue = points.toReversed();
  const sessions = servedIn(queue)
    .filter(({ from, to }) => to - from >= LASTED_MS && random.int(1, OURS_ONE_IN) === 1)
    .map((served) => ({ instance: random.uuid(), ...served }));
  return { queue, sessions };
}

/** From an arrival at a free robot, or a departure that leaves somebody waiting, to the next departure. */
function servedIn(queue: Use['queue']): { from: number; to: number }[] {
  const served: { from: number; to: number }[] = [];
  let from: number | null = null;
  let before = 0;
  for (const { at, length } of queue) {
    if (length < before && from !== null) served.push({ from, to: at });
    if (length < before) from = length > 0 ? at : null;
    else if (before === 0 && length > 0) from = at;
    before = length;
  }
  return served;
}
