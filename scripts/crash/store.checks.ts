import path from 'node:path';

import { createRecordSignature } from '../../server/src/lib/record-signature.ts';
import { verifyChain } from '../../server/src/store/activity-verify.ts';
import { openToRead } from '../../server/src/store/read-only.ts';
import type { StorePlace } from '../../server/src/store/read-only.ts';
import { faultInFile, STORE_FILE } from '../../server/src/store/sqlite-file.ts';
import { paths } from '../../shared/src/paths.ts';
import type { LatestResponse, TelemetryResponse } from '../../shared/src/telemetry.ts';
import type { Problem } from './claims.checks.ts';
import type { Journal, Kind } from './store.journal.ts';
import { lostSamples, unreadableBlocks } from './store.telemetry.ts';
import { SESSION_SECRET } from './worlds.ts';
import type { CrashWorld } from './worlds.ts';

type Db = ReturnType<typeof openToRead>['db'];
type Checked = readonly [what: string, problem: Problem];

/** Looks into the store itself, beside its server. */
export async function checkStore(place: StorePlace, journal: Journal): Promise<Checked[]> {
  const store = openToRead(place);
  try {
    return [
      ['every acknowledged row is there', await missingRows(store.db, journal)],
      ['what was deleted stays deleted', await deletedRows(store.db, journal)],
      ['every acknowledged change is on record', await missingEntries(store.db, journal)],
      ['the chain of the record holds', await brokenChain(store.db)],
      ['every block of telemetry reads', await unreadableBlocks(store.db)],
      ['every acknowledged sample is there once', await lostSamples(store.db, journal.samples)],
      [
        'the file is sound',
        place.databaseUrl === null ? faultInFile(path.join(place.dataDir, STORE_FILE)) : null,
      ],
    ];
  } finally {
    await store.close();
  }
}

async function missingRows(db: Db, { rows, pins }: Journal): Promise<Problem> {
  const kinds: Kind[] = ['saved_views', 'claims', 'bookings', 'access_tokens'];
  for (const kind of kinds) {
    const stored = await db.selectFrom(kind).select('id').execute();
    const ids = new Set(stored.map(({ id }) => id));
    const lost = rows.filter((row) => row.kind === kind && !ids.has(row.id));
    if (lost.length > 0) return `${lost.length} of ${kind} are lost, such as ${lost[0]?.id}`;
  }
  const pinned = await db.selectFrom('pins').select('node_id').execute();
  const lost = pins.filter((pin) => !pinned.some(({ node_id: id }) => id === pin));
  return lost.length > 0 ? `${lost.length} pins are lost, such as ${lost[0]}` : null;
}

async function deletedRows(db: Db, { deletedViews }: Journal): Promise<Problem> {
  const stored = await db.selectFrom('saved_views').select('id').execute();
  const back = stored.filter(({ id }) => deletedViews.includes(id));
  return back.length > 0 ? `${back.length} deleted views are back` : null;
}

async function missingEntries(db: Db, { rows, deletedViews }: Journal): Promise<Problem> {
  const entries = await db.selectFrom('activity').select('subject_id').distinct().execute();
  const subjects = new Set(entries.map(({ subject_id: id }) => id));
  const lost = [...rows.map(({ id }) => id), ...deletedViews].filter((id) => !subjects.has(id));
  return lost.length > 0 ? `${lost.length} have no entry, such as ${lost[0]}` : null;
}

async function brokenChain(db: Db): Promise<Problem> {
  const { fault } = await verifyChain(db, { signature: createRecordSignature([SESSION_SECRET]) });
  return fault === null ? null : `entry ${fault.entry}: ${fault.why}`;
}

export async function endedSessions({ sessions }: Journal): Promise<Problem> {
  const answers = await Promise.all(sessions.map((each) => each.call('GET', paths.ownSessions())));
  const ended = answers.filter(({ status }) => status !== 200);
  return ended.length > 0 ? `${ended.length} of ${sessions.length} sessions have ended` : null;
}

/** A sample may be read this long after its time, and then still changes its point. */
const SETTLED_MS = 15_000;
const WINDOW_MS = 600_000;
const INSTANCES = 4;

export type Measured = { id: string; from: number; to: number; times: number[]; cpu: (number | null)[] };

/** What the API tells of some instances, up to when nothing is added any more. */
export async function measured({ api }: CrashWorld): Promise<Measured[]> {
  const { body } = await api.call('GET', paths.latestTelemetry());
  const ids = Object.keys((body as LatestResponse).values).slice(0, INSTANCES);
  const to = Date.now() - SETTLED_MS;
  return Promise.all(ids.map((id) => read(api, { id, from: to - WINDOW_MS, to })));
}

async function read(
  api: CrashWorld['api'],
  { id, from, to }: Pick<Measured, 'id' | 'from' | 'to'>,
): Promise<Measured> {
  const { body } = await api.call('GET', `${paths.instanceTelemetry(id)}?from=${from}&to=${to}`);
  const { times, series } = body as TelemetryResponse;
  return { id, from, to, times, cpu: series[0]?.values.cpu ?? [] };
}

export const pointsOf = (all: readonly Measured[]): number =>
  all.reduce((sum, { cpu }) => sum + cpu.filter((value) => value !== null).length, 0);

/** What was measured before and reads otherwise now. */
export async function changedSamples({ api }: CrashWorld, before: readonly Measured[]): Promise<Problem> {
  for (const seen of before) {
    const now = await read(api, seen);
    const at = seen.times.findIndex(
      (time, index) => seen.cpu[index] !== null && now.cpu[now.times.indexOf(time)] !== seen.cpu[index],
    );
    if (at >= 0) {
      const found = now.cpu[now.times.indexOf(seen.times[at] ?? 0)];
      return `${seen.id} had ${seen.cpu[at]} at ${seen.times[at]}, now ${found}`;
    }
  }
  return null;
}
