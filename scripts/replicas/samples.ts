import { openToRead } from '../../server/src/store/read-only.ts';
import type { SampleRow } from '../../server/src/store/telemetry/head.ts';
import { lostSamples } from '../crash/store.telemetry.ts';
import type { World } from './world.ts';

type Db = ReturnType<typeof openToRead>['db'];

/** A server is read every ten seconds, and on a busy machine somewhat later. */
const MOST_APART_MS = 19_000;

async function looking<T>({ place }: World, look: (db: Db) => Promise<T>): Promise<T> {
  const store = openToRead(place);
  try {
    return await look(store.db);
  } finally {
    await store.close();
  }
}

/** The newest hours', which is all that such a run takes. */
export async function storedSamples(world: World): Promise<SampleRow[]> {
  return looking(world, (db) => db.selectFrom('telemetry_samples').selectAll().execute());
}

/** Each of `before` is there as it was, and between them none that was not. */
export async function samplesAreWhole(world: World, before: readonly SampleRow[]): Promise<string | null> {
  return looking(world, (db) => lostSamples(db, before));
}

/**
 * Null where every server that was read before `from` was also read all the time up to `to`, and it is stored. An instance
 * may be down meanwhile; all that are read together have a sample of the same time.
 */
export async function gapIn(
  world: World,
  { from, to }: { from: number; to: number },
): Promise<string | null> {
  const rows = await storedSamples(world);
  const timesOf = Map.groupBy(rows, ({ instance_id: id }) => id);
  const idsAt = Map.groupBy(rows, ({ at }) => at);
  let compared = 0;
  for (const [id, samples] of timesOf) {
    if (!samples.some(({ at }) => at <= from && from - at <= MOST_APART_MS)) continue;
    const together = new Set(
      samples.flatMap(({ at }) => (idsAt.get(at) ?? []).map((row) => row.instance_id)),
    );
    const times = new Set([...together].flatMap((each) => (timesOf.get(each) ?? []).map(({ at }) => at)));
    const rounds = [...times].toSorted((a, b) => a - b);
    const before = rounds.findLastIndex((at) => at <= from);
    const after = rounds.findIndex((at) => at >= to);
    if (after < 0) return `the server of ${id} was not read since`;
    const since = rounds.slice(before, after + 1);
    const apart = Math.max(...since.slice(1).map((at, index) => at - (since[index] ?? 0)));
    if (apart > MOST_APART_MS) return `the server of ${id} was not read for ${apart} ms`;
    compared += 1;
  }
  return compared > 0 ? null : 'nothing was measured before';
}
