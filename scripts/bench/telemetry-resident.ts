// `bench -- telemetry` runs this in a process of its own, without the simulation: the memory of a dashboard that holds
// the newest hours of all instances. Arguments: folder of the store, where its samples end, how many instances.
import { setImmediate as turn } from 'node:timers/promises';

import { createFill } from '../../server/src/features/telemetry/fill.ts';
import { createRankings } from '../../server/src/features/telemetry/rankings.ts';
import type { Sample } from '../../server/src/features/telemetry/rates.ts';
import { createRings, HOT_MS } from '../../server/src/features/telemetry/rings.ts';
import { openStore } from '../../server/src/store/database.ts';
import { COLUMNS } from '../../server/src/store/telemetry/columns.ts';
import type { SampleRow } from '../../server/src/store/telemetry/head.ts';
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
const toSample = (row: SampleRow): Sample => ({
  at: row.at,
  start: row.at - POLL_MS,
  values: COLUMNS.map((column) => row[column]),
});
const deps = { db, clock, pollMs: POLL_MS, intervalMs: () => POLL_MS, onDamaged };
const rings = createRings(deps);
for (let index = 0; index < Number(instances); index += 1) {
  const instanceId = machineId(index);
  const [newest] = (
    await readSamples(db, { instanceId, from: clock.now() - POLL_MS, to: clock.now() }, onDamaged)
  ).slice(-1);
  // What a start pushes is the next sample; the hours before it are loaded from the store.
  if (newest !== undefined) rings.push(instanceId, toSample(newest));
}
const begun = performance.now();
while (await rings.warmNext()) await turn();
const warmMs = performance.now() - begun;
const rank = createRankings({
  ...deps,
  rings,
  fill: createFill({ ...deps, rings }),
  awaited: () => [],
  settledTo: () => Number.POSITIVE_INFINITY,
});
await rank('cpu', { windowMs: HOT_MS });
const { rss } = process.memoryUsage();
console.log(`${(rss / 1e6).toFixed(0)} ${(warmMs / Number(instances)).toFixed(2)}`);
await store.close();
