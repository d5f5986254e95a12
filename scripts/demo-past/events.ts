import { createLifeRecorder } from '../../server/src/features/environment/life/recorder.ts';
import { capacityAt } from '../../server/src/features/environment/overview/capacity.ts';
import { createSnapshotStore } from '../../server/src/features/environment/sync/snapshot.ts';
import type { SnapshotChange } from '../../server/src/features/environment/sync/snapshot.ts';
import { createLogger } from '../../server/src/lib/logger.ts';
import type { CapacityRow } from '../../server/src/store/capacity-history.ts';
import type { Store } from '../../server/src/store/database.ts';
import { toContainer, toInstance } from '../../server/src/upstream/cycle/to-domain.ts';
import type { CycleContainer, CycleInstance } from '../../server/src/upstream/cycle/types.ts';
import * as wire from '../../server/src/upstream/cycle/wire.ts';
import { insertMany } from './insert-many.ts';

/** What the internal API would have answered at `at`, without what had not changed. The first has everything. */
export type Look = { at: number; containers: unknown[]; instances: unknown[]; gone: string[] };

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
  const containers = new Map<string, CycleContainer>();
  const instances = new Map<string, CycleInstance>();
  const counts: CapacityRow[] = [];
  for (const [index, look] of looks.entries()) {
    const since = index === 0 ? look.at : now;
    for (let at = Math.ceil(since / MINUTE_MS) * MINUTE_MS; at < look.at; at += MINUTE_MS)
      counts.push(capacityAt(at, [...store.snapshot.instances.values()]));
    now = look.at;
    for (const row of look.containers) keep(containers, toContainer(wire.container.parse(row)));
    for (const row of look.instances) keep(instances, toInstance(wire.instance.parse(row)));
    for (const id of look.gone) instances.delete(id);
    store.setContainers([...containers.values()]);
    store.setInstances([...instances.values()], now);
    if (index === 0) listener(null);
  }
  await recorder.stop();
  await insertMany(db, 'capacity_history', counts);
}

function keep<T extends { id: string }>(into: Map<string, T>, each: T): void {
  into.set(each.id, each);
}
