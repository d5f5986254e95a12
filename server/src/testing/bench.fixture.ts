import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { manualClock, startSimulator } from '@cyclorama/simulator';
import type { SimulatorOptions } from '@cyclorama/simulator';
import pino from 'pino';
import type { Logger as PinoLogger } from 'pino';

import { createEventHub } from '../lib/event-hub.ts';
import type { Logger } from '../lib/logger.ts';
import { openStore } from '../store/database.ts';
import { ada } from './builders/people.ts';

type BenchOptions = Omit<SimulatorOptions, 'clock'> & {
  /** The clock's first time, epoch milliseconds. */
  startAt?: number;
  /** A PostgreSQL in place of a new SQLite file. */
  databaseUrl?: string;
  storeRetryMs?: number;
};

export async function openBench({ startAt, databaseUrl, storeRetryMs: retryMs, ...options }: BenchOptions) {
  const clock = manualClock(startAt);
  const simulator = await startSimulator({ clock, scenario: 'healthy', ...options });
  const dataDir = mkdtempSync(join(tmpdir(), 'cyclorama-bench-'));
  const log: string[] = [];
  const logger = pino(
    { level: 'debug' },
    { write: (line: string) => void log.push(line) },
  ) as PinoLogger as Logger;
  const store = await openStore(
    databaseUrl === undefined ? { dataDir, retryMs } : { databaseUrl, retryMs },
    logger,
  );
  const hub = createEventHub();
  hub.watch(ada.name);
  return {
    clock,
    simulator,
    dataDir,
    store,
    hub,
    log,
    logger,
    async close(): Promise<void> {
      await store.close();
      await simulator.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
