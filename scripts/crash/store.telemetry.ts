import { openStore } from '../../server/src/store/database.ts';
import type { openToRead, StorePlace } from '../../server/src/store/read-only.ts';
import { decodeBlock } from '../../server/src/store/telemetry/codec.ts';
import { writeSamples } from '../../server/src/store/telemetry/head.ts';
import type { SampleRow } from '../../server/src/store/telemetry/head.ts';
import { readSamples } from '../../server/src/store/telemetry/read.ts';
import { sampleRow } from '../../server/src/testing/builders/telemetry.ts';
import type { Problem } from './claims.checks.ts';

type Db = ReturnType<typeof openToRead>['db'];

const HOUR = 3_600_000;
const INSTANCES = 5;
const HOURS = 14;
const STEP_MS = 10_000;

/**
 * Samples of past hours, acknowledged before the server starts: it puts them into blocks while it is killed. Each call
 * adds other ones of the same hours, which have to be merged into what is there by then.
 */
export async function addPastSamples(
  place: StorePlace,
  nth: number,
  calls: number,
  began: number,
): Promise<SampleRow[]> {
  const first = Math.floor(began / HOUR - HOURS - 2) * HOUR;
  const rows: SampleRow[] = [];
  for (let instance = 0; instance < INSTANCES; instance += 1)
    for (let index = nth; index < (HOURS * HOUR) / STEP_MS; index += calls)
      rows.push(
        sampleRow({
          instance_id: `crash-${instance}`,
          at: first + index * STEP_MS,
          cpu: (index * 7_919) / 10_007,
          processes: index % 5 === 0 ? null : index,
        }),
      );
  const store = await openStore(
    place.databaseUrl === null ? { dataDir: place.dataDir } : { databaseUrl: place.databaseUrl },
    console,
  );
  try {
    await writeSamples(store.db, rows, []);
  } finally {
    await store.close();
  }
  return rows;
}

/** Each sample is there, once, as it was. */
export async function lostSamples(db: Db, samples: readonly SampleRow[]): Promise<Problem> {
  const byInstance = Map.groupBy(samples, ({ instance_id: id }) => id);
  for (const [instanceId, told] of byInstance) {
    const expected = told.toSorted((a, b) => a.at - b.at);
    const range = { instanceId, from: expected[0]?.at ?? 0, to: (expected.at(-1)?.at ?? 0) + 1 };
    let damaged = 0;
    const read = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((within) => readSamples(within, range, () => (damaged += 1)));
    if (damaged > 0) return `${damaged} blocks of ${instanceId} do not read`;
    if (read.length !== expected.length)
      return `${instanceId} has ${read.length} samples, not ${expected.length}`;
    const other = expected.find((row, index) => JSON.stringify(row) !== JSON.stringify(read[index]));
    if (other !== undefined) return `${instanceId} reads otherwise at ${other.at}`;
  }
  return null;
}

/** Of every tier, of whatever instance. */
export async function unreadableBlocks(db: Db): Promise<Problem> {
  const blocks = await db.selectFrom('telemetry_blocks').selectAll().execute();
  for (const { instance_id: id, tier, start, points, body } of blocks) {
    try {
      if (decodeBlock(body).times.length !== points)
        return `${id} ${tier} ${start} has not its ${points} points`;
    } catch (error) {
      return `${id} ${tier} ${start}: ${error instanceof Error ? error.message : 'does not read'}`;
    }
  }
  return null;
}

/** Null as soon as all of them are in blocks. */
export async function unsealedSamples(db: Db): Promise<Problem> {
  const rows = await db
    .selectFrom('telemetry_samples')
    .select('at')
    .where('instance_id', 'like', 'crash-%')
    .execute();
  return rows.length > 0 ? `${rows.length} samples are in no block` : null;
}
