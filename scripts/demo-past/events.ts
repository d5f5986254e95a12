import { createLifeRecorder } from '../../server/src/features/environment/life/recorder.ts';
import { capacityAt } from '../../server/src/features/environment/overview/capacity.ts';
import { createSnapshotStore } from '../../server/src/features/environment/sync/snapshot.ts';
import type { SnapshotChange } from '../../server/src/features/environment/sync/snapshot.ts';
import { createLogger } from '../../server/src/lib/logger.ts';
import type { CapacityRow } from '../../server/src/store/capacity-history.ts';
import type { Store } from '../../server/src/store/database.ts';
import { insertMany } from './insert-many.ts';
import { played } from './looks.ts';
import type { Look } from './looks.ts';

const MINUTE_MS = 60_000;

/**
 * The looks go through the collector's snapshot and the recorder of events, as they would have when they happened; in
 * between the instances are counted once a minute.
 */
export async function recordEvents(db: Store['db'], looks: readonly Look[]): Promise<void> {
  let now = 0;
  let listener: (change: SnapshotChange | null) => void = () => {};
  const store = createSnapshotStore((change) => listener(change));
  const recorder = createLifeRecorder({
    collector: {
      snapshot: store.snapshot,
      complete: true,
      know: (checks) => {
        store.know(checks);
      },
      onChange(next) {
        listener = next;
        return () => undefined;
      },
    },
    db,
    hub: { publish: () => undefined },
    clock: { now: () => now },
    logger: createLogger('warn'),
  });
  await recorder.start();
  const counts: CapacityRow[] = [];
  for (const { at, containers, instances, isFirst } of played(looks)) {
    const since = isFirst ? at : now;
    for (let minute = Math.ceil(since / MINUTE_MS) * MINUTE_MS; minute < at; minute += MINUTE_MS)
      counts.push(capacityAt(minute, [...store.snapshot.instances.values()]));
    now = at;
    store.setContainers(containers);
    store.setInstances(instances, now);
    if (isFirst) listener(null);
  }
  await recorder.stop();
  await insertMany(db, 'capacity_history', counts);
}
