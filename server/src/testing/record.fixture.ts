import type { ServerEvent } from '@cyclorama/shared/events.ts';

import { createRecorder } from '../features/activity/recorder.ts';
import type { ActivityNote } from '../lib/activity-note.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/database.ts';
import { TEST_SECRET } from './test-secret.ts';

type Bench = { store: Store; clock: Clock; logger: Logger };

/** The real record on the bench's store; `activity` keeps what was told to browsers of each entry stored. */
export function recordOn({ store, clock, logger }: Bench) {
  const activity: ActivityNote[] = [];
  const publish = (event: ServerEvent): void => {
    if (event.type !== 'activity') return;
    const { actor, action, subject, outcome, detail } = event.entry;
    activity.push({ actor, action, subject, outcome, detail });
  };
  const { commit, health: storeHealth } = store;
  const recorder = createRecorder({
    commit,
    storeHealth,
    clock,
    hub: { publish },
    logger,
    secrets: [TEST_SECRET],
  });
  return { recorder, activity };
}
