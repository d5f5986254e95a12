import { createRecorder } from '../features/activity/recorder.ts';
import type { ActivityNote } from '../lib/activity-note.ts';
import type { openBench } from './bench.fixture.ts';

type Bench = Pick<Awaited<ReturnType<typeof openBench>>, 'store' | 'hub' | 'clock' | 'logger'>;

/** The real record on the bench's store; `activity` keeps what was told to browsers of each entry stored. */
export function recordOn({ store, hub, clock, logger }: Bench) {
  const activity: ActivityNote[] = [];
  const publish = (event: Parameters<typeof hub.publish>[0]): void => {
    if (event.type !== 'activity') return;
    const { actor, action, subject, outcome, detail } = event.entry;
    activity.push({ actor, action, subject, outcome, detail });
  };
  const { commit, health: storeHealth } = store;
  const recorder = createRecorder({ commit, storeHealth, clock, hub: { publish }, logger });
  return { recorder, activity };
}
