import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import { dropWatchesBefore, listWatches, takeWatchers } from '../../../store/robot-watches.ts';
import type { RobotWatchRow } from '../../../store/robot-watches.ts';
import type { Database } from '../../../store/schema.ts';
import type { QueueReading } from './queue-recorder.ts';

/** Whoever was not told within a day has found another way. */
const WATCH_HOLDS_MS = 86_400_000;

type Options = {
  db: Kysely<Database>;
  clock: Clock;
  hub: Pick<EventHub, 'publish' | 'people' | 'watchers'>;
  all: () => RobotDeployment[];
  readings: () => QueueReading[];
  /** Has these deployments read more often. */
  prefer: (ids: ReadonlySet<string>) => void;
  /** True while what was last read is what is. */
  isLive: () => boolean;
};

export type RobotWatches = {
  /** Tells those who wait for a robot that it is free, once, and only while a page of theirs is open to hear it. */
  tick(): Promise<void>;
};

/** "Tell me when it is free": watches outlive a restart, and nobody is told who else waits. */
export function createRobotWatches({ db, clock, hub, all, readings, prefer, isLive }: Options): RobotWatches {
  const tell = async (deployment: RobotDeployment, watches: RobotWatchRow[]): Promise<void> => {
    const names = watches.map(({ person }) => person);
    for (const person of await takeWatchers(db, deployment.id, names)) {
      const { id: deploymentId, type: robotType } = deployment;
      hub.publish({ type: 'robot-free', deploymentId, robotType, people: [person] }, person);
    }
  };

  return {
    async tick() {
      if (hub.watchers === 0) return;
      await dropWatchesBefore(db, clock.now() - WATCH_HOLDS_MS);
      const { people } = hub;
      const heard = (await listWatches(db)).filter(({ person }) => people.has(person));
      prefer(new Set(heard.map(({ deployment_id: id }) => id)));
      if (heard.length === 0 || !isLive()) return;
      const readAt = new Map(readings().map(({ id, at }) => [id, at]));
      for (const deployment of all().filter(isFree)) {
        // What was read before the watch may have been read before someone took the robot.
        const told = heard.filter(
          (watch) =>
            watch.deployment_id === deployment.id && watch.since <= (readAt.get(deployment.id) ?? Number.NaN),
        );
        if (told.length > 0) await tell(deployment, told);
      }
    },
  };
}

function isFree({ queueLength, online, lockedOut }: RobotDeployment): boolean {
  return queueLength === 0 && online === true && !lockedOut;
}
