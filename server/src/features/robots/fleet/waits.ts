import type { RobotDeployment, WaitForecast } from '@cyclorama/shared/robots.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { queueLengthsSince } from '../../../store/queue-history.ts';
import type { Database } from '../../../store/schema.ts';
import { forecastWait } from './forecast.ts';

/** A forecast is made anew when the queue's length changes, and this often besides. */
const RENEW_EVERY_MS = 5 * 60_000;
/** Bounds the time of one tick: a history can have thousands of points. */
const RENEWED_PER_TICK = 5;
const DAY_MS = 86_400_000;

type Kept = { length: number; at: number; join: WaitForecast | null; inQueue: WaitForecast | null };

type Options = {
  db: Kysely<Database>;
  clock: Clock;
  keepDays: number;
  all: () => RobotDeployment[];
  onChange: (deploymentId: string) => void;
};

export type RobotWaits = {
  wait(deploymentId: string): WaitForecast | null | undefined;
  waitInQueue(deploymentId: string): WaitForecast | null | undefined;
  tick(): Promise<void>;
};

/** Keeps the forecasts of every robot at hand, so that lists cost no read of its history. */
export function createRobotWaits({ db, clock, keepDays, all, onChange }: Options): RobotWaits {
  const kept = new Map<string, Kept>();

  const isDue = ({ id, queueLength }: RobotDeployment): boolean => {
    const last = kept.get(id);
    return last === undefined || last.length !== queueLength || clock.now() - last.at >= RENEW_EVERY_MS;
  };
  const renew = async (id: string, length: number): Promise<void> => {
    const now = clock.now();
    const points = await queueLengthsSince(db, id, now - keepDays * DAY_MS);
    const before = kept.get(id);
    const next = {
      join: forecastWait(points, now, length),
      // Of those counted one is the person asking. At least one robot's turn is left to wait for.
      inQueue: forecastWait(points, now, Math.max(1, length - 1)),
    };
    kept.set(id, { ...next, length, at: now });
    const told = before && { join: before.join, inQueue: before.inQueue };
    if (JSON.stringify(told) !== JSON.stringify(next)) onChange(id);
  };

  return {
    wait: (id) => kept.get(id)?.join,
    waitInQueue: (id) => kept.get(id)?.inQueue,
    async tick() {
      const robots = all();
      const ids = new Set(robots.map(({ id }) => id));
      for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id);
      const age = ({ id }: RobotDeployment): number => kept.get(id)?.at ?? 0;
      const due = robots.filter((robot) => robot.queueLength !== null && isDue(robot));
      for (const { id, queueLength } of due.toSorted((a, b) => age(a) - age(b)).slice(0, RENEWED_PER_TICK))
        await renew(id, queueLength ?? 0);
    },
  };
}
