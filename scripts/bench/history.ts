// `npm run bench -- history [--days N] [--instances N]`: a simulated past is recorded minute by minute, then a thousand
// random minutes of it are read and compared with what they were.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { createPast, fingerprintOf } from '../../server/src/features/history/past.fixture.ts';
import { createHistoryRecorder } from '../../server/src/features/history/recorder.ts';
import { createHistoryService } from '../../server/src/features/history/service.ts';
import { openStore } from '../../server/src/store/database.ts';
import { soleLeader } from '../../server/src/store/leader.ts';
import { historyBytes } from '../../server/src/store/topology-history.ts';
import { seeded, shuffled } from '../lib/random.ts';

const MINUTES_A_DAY = 1_440;
const MOST_MS = 150;
const logger = { warn: (about: object) => console.warn(about) };

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      days: { type: 'string', default: '30' },
      instances: { type: 'string', default: '1000' },
      looks: { type: 'string', default: '1000' },
    },
  });
  const options = {
    days: Number(values.days),
    instances: Number(values.instances),
    looks: Number(values.looks),
  };
  const minutes = options.days * MINUTES_A_DAY;
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-history-'));
  const store = await openStore({ dataDir: scratch }, logger);
  try {
    const past = createPast({ instances: options.instances, seed: 1, startAt: Date.UTC(2026, 10, 1) });
    const nodes = () => past.texts;
    const recorder = createHistoryRecorder({
      db: store.db,
      leader: soleLeader,
      nodes,
      clock: past.clock,
      logger,
    });
    const all = Array.from({ length: minutes }, (_, minute) => minute);
    const chosen = new Set(shuffled(all, seeded(2)).slice(0, options.looks));
    const was = new Map<number, string>();
    const begun = performance.now();
    for (const minute of all) {
      await recorder.look();
      if (chosen.has(minute)) was.set(past.clock.now(), past.fingerprint());
      past.step();
    }
    const recordMs = (performance.now() - begun) / minutes;
    const history = createHistoryService(store);
    const times: number[] = [];
    let differing = 0;
    for (const [at, fingerprint] of was) {
      const from = performance.now();
      const read = await history.topology(at);
      times.push(performance.now() - from);
      const texts = read.nodes.map((node) => [node.id, JSON.stringify(node)] as const);
      if (fingerprintOf(texts) !== fingerprint) differing += 1;
    }
    const bytes = await historyBytes(store.db);
    times.sort((a, b) => a - b);
    const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? Number.NaN).toFixed(1);
    console.log(`${options.instances} instances, ${options.days} days, a picture a minute`);
    console.log(`recorded in    ${recordMs.toFixed(1)} ms a minute, with the simulation`);
    console.log(
      `on disk        ${(bytes / 1e6).toFixed(1)} MB, ${(((bytes / options.days) * 365) / 1e6).toFixed(0)} MB a year`,
    );
    console.log(
      `read           ${at(0.5)} ms median, ${at(0.95)} ms p95, ${at(1)} ms at most (goal ${MOST_MS})`,
    );
    console.log(`${was.size - differing} passed, ${differing} failed`);
  } finally {
    await store.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
