import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { deploymentRefusal } from '@cyclorama/shared/rules/deployments.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import { dropWatchesBefore, listWatches, takeWatchers } from '../../../store/robot-watches.ts';
import type { RobotWatchRow } from '../../../store/robot-watches.ts';
import type { Database } from '../../../store/schema.ts';
import type { QueueReading } from './queue-recorder.ts';

/** After a day without a notification a watch is dropped. */
const WATCH_TTL_MS = 86_400_000;

type Options = {
  db: Kysely<Database>;
  clock: Clock;
  hub: Pick<EventHub, 'publish' | 'people' | 'watchers'>;
  all: () => RobotDeployment[];
  readings: () => QueueReading[];
  prefer: (ids: ReadonlySet<string>) => void;
  isLive: () => boolean;
};

export type RobotWatches = {
  /** Notifies a watcher once, and only while they have a page open. */
  tick(): Promise<void>;
};

/** Watches survive a restart; nobody sees who else is watching. */
export function createRobotWatches({ db, clock, hub, all, readings, prefer, isLive }: Options): RobotWatches {
  const notify = async (deployment: RobotDeployment, watches: RobotWatchRow[]): Promise<void> => {
    const names = watches.map(({ person }) => person);
    for (const person of await takeWatchers(db, deployment.id, names)) {
      const { id: deploymentId, type: robotType, nickname } = deployment;
      const named = nickname === undefined ? {} : { nickname };
      hub.publish({ type: 'robot-free', deploymentId, robotType, ...named, people: [person] }, person);
    }
  };

  return {
    async tick() {
      if (hub.watchers === 0) return;
      await dropWatchesBefore(db, clock.now() - WATCH_TTL_MS);
      const { people } = hub;
      const reachable = (await listWatches(db)).filter(({ person }) => people.has(person));
      prefer(new Set(reachable.map(({ deployment_id: id }) => id)));
      if (reachable.length === 0 || !isLive()) return;
      const readAt = new Map(readings().map(({ id, at }) => [id, at]));
      for (const deployment of all().filter(isFree)) {
        // A reading from before the watch may be from before someone took the robot.
        const notified = reachable.filter(
          (watch) =>
            watch.deployment_id === deployment.id && watch.since <= (readAt.get(deployment.id) ?? Number.NaN),
        );
        if (notified.length > 0) await notify(deployment, notified);
      }
    },
  };
}

function isFree({ queueLength, online, ...robot }: RobotDeployment): boolean {
  return queueLength === 0 && online === true && deploymentRefusal({ online, ...robot }) === null;
}
