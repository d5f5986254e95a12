import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openToRead } from '../../server/src/store/read-only.ts';
import { checkBackup } from '../../server/src/store/transfer/backup-file.ts';
import { backUp } from '../../server/src/store/transfer/backup.ts';
import { restoreStore } from '../../server/src/store/transfer/restore.ts';
import type { FunctionsResponse } from '../../shared/src/claims.ts';
import { paths } from '../../shared/src/paths.ts';
import type { DeploymentsResponse } from '../../shared/src/robots.ts';
import { eventually } from './claims.checks.ts';
import { claimsSubject } from './claims.ts';
import { playAlerts } from './store.alerts.ts';
import { changedSamples, checkStore, endedSessions, measured, pointsOf } from './store.checks.ts';
import { copyOf, newJournal } from './store.journal.ts';
import type { Journal } from './store.journal.ts';
import { addPastSamples, unsealedSamples } from './store.telemetry.ts';
import { writeUntilKilled } from './store.writers.ts';
import type { Aims } from './store.writers.ts';
import type { Note, Subject } from './subject.ts';
import type { CrashWorld } from './worlds.ts';

const ALERTS = 'alerts on their way, killed at each moment of it';
const LIVES = 3;
const SHORTEST_LIFE_MS = 300;
const LONGEST_LIFE_MS = 2_500;
const PATIENCE_MS = 60_000;

/**
 * `npm run crash -- store`: writes of every kind at once, the server killed meanwhile, at any moment, backups taken too;
 * and messages about alerts on their way to a webhook.
 */
export const storeSubject: Subject = {
  relayed: claimsSubject.relayed,
  simulatorArgs: (scene) => (scene === ALERTS ? ['--scenario', 'still'] : []),
  scenes: ['writes of every kind, killed at random', ALERTS],
  async play(scene, world, random, note) {
    if (scene === ALERTS) {
      await playAlerts(world, note);
      return;
    }
    const journal = newJournal();
    const aims = await eventuallyAims(world);
    const began = Date.now();
    const addSamples = async (nth: number): Promise<void> => {
      journal.samples.push(...(await addPastSamples(world.place, nth, LIVES, began)));
    };
    await world.kill();
    await addSamples(0);
    await world.restart();
    for (let life = 1; life <= LIVES; life += 1) {
      const isLast = life === LIVES;
      if (isLast) note('there are samples to compare', await eventually(() => noSamples(world), PATIENCE_MS));
      const before = await measured(world);
      const writing = writeUntilKilled(world, journal, aims, random);
      const lifeMs = SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS);
      const backedUp = life > 1 ? backUpWithin(world, journal, random() * lifeMs) : null;
      await sleep(lifeMs);
      // A slow machine may not have got to every kind by then.
      if (isLast) await eventually(() => Promise.resolve(missingKinds(journal)), PATIENCE_MS);
      await world.kill();
      await writing;
      if (!isLast) await addSamples(life);
      await world.restart();
      await noteBackup(note, await backedUp);
      for (const [what, problem] of await checkStore(world.place, journal)) note(what, problem);
      note('every session goes on', await endedSessions(journal));
      note('every sample reads as before', await changedSamples(world, before));
    }
    note('all past samples end in blocks', await eventually(() => unsealed(world), PATIENCE_MS));
    for (const [what, problem] of await checkStore(world.place, journal)) note(`then ${what}`, problem);
    note('there were rows of every kind', missingKinds(journal));
  },
};

function missingKinds({ rows, pins, sessions }: Journal): string | null {
  const kinds = new Set(rows.map(({ kind }) => kind));
  if (kinds.size === 4 && sessions.length > 0 && pins.length > 0) return null;
  return `only ${[...kinds].join(', ') || 'none'}, ${pins.length} pins and ${sessions.length} sessions`;
}

async function eventuallyAims({ api }: CrashWorld): Promise<Aims> {
  const aims: Aims = { containerIds: [], deploymentIds: [] };
  const problem = await eventually(async () => {
    const pools = (await api.call('GET', paths.functions())).body as FunctionsResponse;
    const robots = (await api.call('GET', paths.deployments())).body as DeploymentsResponse;
    aims.containerIds = pools.pools.map(({ containerId }) => containerId);
    aims.deploymentIds = robots.deployments.map(({ id }) => id);
    return aims.containerIds.length > 0 && aims.deploymentIds.length > 0 ? null : 'nothing is listed';
  }, PATIENCE_MS);
  if (problem !== null) throw new Error(problem);
  return aims;
}

async function noSamples(world: CrashWorld): Promise<string | null> {
  return pointsOf(await measured(world)) > 0 ? null : 'the API tells none';
}

async function unsealed({ place }: CrashWorld): Promise<string | null> {
  const store = openToRead(place);
  try {
    return await unsealedSamples(store.db);
  } finally {
    await store.close();
  }
}

type BackedUp = { folder: string; file: string; journal: Journal };

/** `journal`: what was acknowledged before it began. */
async function backUpWithin(world: CrashWorld, journal: Journal, afterMs: number): Promise<BackedUp> {
  await sleep(afterMs);
  const folder = mkdtempSync(path.join(tmpdir(), 'cyclorama-crash-backup-'));
  const before = copyOf(journal);
  const file = path.join(folder, 'backup.sqlite');
  await backUp(world.place, file);
  return { folder, file, journal: before };
}

async function noteBackup(note: Note, backedUp: BackedUp | null): Promise<void> {
  if (backedUp === null) return;
  const { folder, file, journal } = backedUp;
  try {
    await checkBackup(file);
    const place = { dataDir: path.join(folder, 'restored'), databaseUrl: null };
    await restoreStore(place, file);
    // Views deleted while it was made may be in it.
    for (const [what, problem] of await checkStore(place, { ...journal, rows: lasting(journal) }))
      note(`in the backup taken meanwhile, restored, ${what}`, problem);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const lasting = ({ rows }: Journal) => rows.filter(({ kind }) => kind !== 'saved_views');
