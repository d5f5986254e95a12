import { openStore } from '../../server/src/store/database.ts';
import type { Store } from '../../server/src/store/database.ts';
import { lastQueueLengths } from '../../server/src/store/queue-history.ts';
import { oldestAfter } from '../../server/src/store/telemetry/head.ts';
import { tierSizes } from '../../server/src/store/telemetry/retention.ts';
import { recordEvents } from './events.ts';
import type { Look } from './looks.ts';
import { recordPictures } from './pictures.ts';
import { recordRobots } from './robots.ts';
import type { PastRobot } from './robots.ts';
import { recordRuns } from './runs.ts';
import type { PastRun } from './runs.ts';
import { recordTelemetry, sealTelemetry } from './telemetry.ts';
import type { PastTelemetry } from './telemetry.ts';

/** As the simulator's control port tells it (`GET /past`). */
type Past = {
  looks: Look[];
  telemetry: PastTelemetry;
  robots: PastRobot[];
  runs: PastRun[];
};

/**
 * Writes the past of the simulator that `env` leads to into the SQLite store in `dataDir` as if it had been recorded.
 * `npm start` calls it for the demo's own folder; the server can't.
 * @throws Error where the store has a history, or the simulator has none.
 */
export async function recordDemoPast(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  owners: readonly string[],
): Promise<void> {
  const reading = readPast(env['SIM_CONTROL_URL'] ?? '');
  const store = await openStore({ dataDir }, console);
  try {
    const past = await reading;
    if (await hasHistory(store.db))
      throw new Error('The store has a history: a made-up one is for a new demo store only.');
    await recordEvents(store.db, past.looks);
    await store.db.transaction().execute(async (db) => {
      await recordTelemetry(db, past.telemetry);
      await recordRobots(db, past.robots, owners);
      await recordRuns(db, past.runs, { looks: past.looks, owners });
    });
    await sealTelemetry(store.db, Date.now());
    const upstream = { socketPath: env['CYCLE_API_SOCKET'] ?? '', token: env['CYCLE_API_TOKEN'] ?? '' };
    await recordPictures(store.db, past.looks, upstream);
  } finally {
    await store.close();
  }
}

async function hasHistory(db: Store['db']): Promise<boolean> {
  const isMeasured = (await oldestAfter(db, null)) !== null;
  const isKept = (await tierSizes(db)).some(({ blocks }) => blocks > 0);
  return isMeasured || isKept || (await lastQueueLengths(db)).length > 0;
}

async function readPast(controlUrl: string): Promise<Past> {
  const response = await fetch(`${controlUrl}/past`);
  if (!response.ok) throw new Error(`The simulator has no past to hand over: ${await response.text()}`);
  return (await response.json()) as Past;
}
