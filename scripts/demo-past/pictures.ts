import { createReads } from '../../server/src/features/environment/sync/reads.ts';
import { createSnapshotStore } from '../../server/src/features/environment/sync/snapshot.ts';
import type { Snapshot } from '../../server/src/features/environment/sync/snapshot.ts';
import { nodesOf } from '../../server/src/features/environment/topology/nodes-of.ts';
import { createPictures } from '../../server/src/features/history/pictures.ts';
import { STEP_MS } from '../../server/src/features/history/recorder.ts';
import { systemClock } from '../../server/src/lib/clock.ts';
import { createLogger } from '../../server/src/lib/logger.ts';
import type { Store } from '../../server/src/store/database.ts';
import type { PictureRow } from '../../server/src/store/topology-history.ts';
import { createCycleClient } from '../../server/src/upstream/cycle/client.ts';
import { createUpstreamHealth } from '../../server/src/upstream/health.ts';
import { insertMany } from './insert-many.ts';
import { played } from './looks.ts';
import type { Look } from './looks.ts';

export type Upstream = { socketPath: string; token: string };

/** Domains are read of each container, so these come first. */
const PARTS = [
  'environment',
  'containers',
  'instances',
  'services',
  'hub',
  'server',
  'virtualMachines',
  'networks',
  'ips',
  'domains',
] as const;

/**
 * A picture of each minute, as the time machine would have recorded it. What the looks don't tell (networks, domains
 * and so on, which don't change in the past) is as the internal API tells it now.
 */
export async function recordPictures(
  db: Store['db'],
  looks: readonly Look[],
  upstream: Upstream,
): Promise<void> {
  const store = createSnapshotStore(() => undefined);
  await readAll(store, upstream);
  const pictures = createPictures();
  const rows: PictureRow[] = [];
  let minute: number | null = null;
  const recordUntil = async (end: number): Promise<void> => {
    if (minute === null) return;
    const texts = textsOf(store.snapshot);
    for (; minute < end; minute += STEP_MS) {
      const row = await pictures.next(minute, texts);
      if (row !== null) rows.push(row);
    }
  };
  for (const { at, containers, instances } of played(looks)) {
    // A minute without a boundary has no picture: nothing is made of its looks.
    if (minute !== null && minute < at) await recordUntil(at);
    minute ??= Math.ceil(at / STEP_MS) * STEP_MS;
    store.setContainers(containers);
    store.setInstances(instances, at);
  }
  const [first] = rows;
  await recordUntil(systemClock.now());
  if (first === undefined || minute === null) return;
  await insertMany(db, 'topology_pictures', rows);
  await insertMany(db, 'topology_spans', [{ began: first.at, until: minute - STEP_MS }]);
}

async function readAll(store: ReturnType<typeof createSnapshotStore>, upstream: Upstream): Promise<void> {
  const logger = createLogger('warn');
  const clock = systemClock;
  const health = createUpstreamHealth({ name: 'cycle', label: 'Cycle', configured: true, clock });
  const client = createCycleClient({ ...upstream, health, logger });
  try {
    const reads = createReads({ client, store, clock, ask: () => undefined });
    for (const part of PARTS) await reads[part]();
  } finally {
    await client.close();
  }
}

const textsOf = (snapshot: Snapshot): Map<string, string> =>
  new Map(nodesOf(snapshot).map((node) => [node.id, JSON.stringify(node)]));
