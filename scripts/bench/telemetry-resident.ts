// `bench -- telemetry` runs this in a process of its own, without the simulation: the memory of a dashboard that holds
// the newest hours of all instances. Arguments: folder of the store, where its samples end, how many instances.
import { createFill } from '../../server/src/features/telemetry/fill.ts';
import { createRankings } from '../../server/src/features/telemetry/rankings.ts';
import { createRings, HOT_MS } from '../../server/src/features/telemetry/rings.ts';
import { toSample } from '../../server/src/features/telemetry/sample-row.ts';
import { openStore } from '../../server/src/store/database.ts';
import { readSamples } from '../../server/src/store/telemetry/read.ts';
import { machineId } from './telemetry-data.ts';

const POLL_MS = 10_000;
const [dataDir = '', until = '', instances = ''] = process.argv.slice(2);
const onDamaged = (fault: Error): never => {
  throw fault;
};
const store = await openStore({ dataDir }, { warn: (about: object) => console.warn(about) });
const { db } = store;
const clock = { now: () => Number(until) };
const deps = { db, clock, pollMs: POLL_MS, intervalMs: () => POLL_MS, onDamaged };
const rings = createRings(deps);
for (let index = 0; index < Number(instances); index += 1) {
  const instanceId = machineId(index);
  let before: number | null = null;
  for (const row of await readSamples(
    db,
    { instanceId, from: clock.now() - HOT_MS, to: clock.now() },
    onDamaged,
  )) {
    rings.push(instanceId, toSample(row, before, POLL_MS));
    before = row.at;
  }
}
const rank = createRankings({
  ...deps,
  rings,
  fill: createFill({ ...deps, rings }),
  awaited: () => [],
  settledTo: () => Number.POSITIVE_INFINITY,
});
await rank('cpu', { windowMs: HOT_MS });
console.log((process.memoryUsage().rss / 1e6).toFixed(0));
await store.close();
