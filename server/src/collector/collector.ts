import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { backoffMs } from '@cyclorama/shared/backoff.ts';

import { ALIVE_FILE } from '../lib/collector-alive.ts';
import { createDelivery } from './delivery.ts';
import { createInternalApi } from './internal-api.ts';
import type { Log } from './log.ts';
import { createSampler } from './sampler.ts';
import { openSpool } from './spool.ts';

const retryWaits = { firstMs: 1_000, longestMs: 30_000, random: Math.random };

export type CollectorConfig = {
  socketPath: string;
  token: string;
  instanceId: string;
  to: string[];
  secret: string;
  dataDir: string;
  spoolBytes: number;
  everyMs: number;
  version: string;
};

export type Collector = {
  start(): void;
  /** Begins no further sample, keeps the one that is being read; what waits is offered once more. */
  stop(): Promise<void>;
};

/** Two loops: one samples whatever becomes of the dashboard, one delivers whatever waits. */
export function createCollector(config: CollectorConfig, log: Log): Collector {
  const { dataDir, everyMs } = config;
  mkdirSync(dataDir, { recursive: true });
  const spool = openSpool(join(dataDir, 'spool'), config.spoolBytes);
  const sampler = createSampler({ api: createInternalApi(config), spool, folder: dataDir });
  const delivery = createDelivery({ ...config, spool });
  const startedAt = Date.now();
  const sampling = createEpisode(log, 'reading this server');
  const delivering = createEpisode(log, 'delivering to the dashboard');
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let running: Promise<void> | null = null;
  let reading = Promise.resolve();

  const deliver = async (): Promise<void> => {
    const { server, reading } = sampler;
    if (server === null) return;
    const { instanceId, version } = config;
    await delivery.deliver({ startedAt, instanceId, version, server, reading });
  };

  const attempt = async (): Promise<void> => {
    try {
      await deliver();
      failures = 0;
      delivering.ok();
    } catch (error) {
      failures += 1;
      delivering.failed((error as Error).message);
      if (!stopped) retry = setTimeout(() => void tryToDeliver(), backoffMs(failures, retryWaits));
    }
  };

  /** One at a time, so that frames arrive in order. */
  const tryToDeliver = (): Promise<void> => {
    clearTimeout(retry);
    running ??= attempt().finally(() => (running = null));
    return running;
  };

  const round = async (): Promise<void> => {
    await sampler.round();
    if (sampler.reading.reason === null) sampling.ok();
    else sampling.failed(sampler.reading.reason);
    touch(join(dataDir, ALIVE_FILE));
    // While the dashboard is away, its own waits decide.
    if (failures === 0) void tryToDeliver();
  };

  const next = (dueAt: number): void => {
    timer = setTimeout(
      () => {
        reading = round();
        void reading.finally(() => stopped || next(Math.max(dueAt + everyMs, Date.now())));
      },
      Math.max(0, dueAt - Date.now()),
    );
  };

  return {
    start: () => next(Date.now()),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await reading;
      clearTimeout(retry);
      await running;
      await tryToDeliver();
      spool.close();
    },
  };
}

/** Logs the beginning and the end of a trouble, not each time it is met. */
function createEpisode(log: Log, what: string) {
  let told: string | null = null;
  return {
    ok(): void {
      if (told !== null) log('info', `${what} works again`);
      told = null;
    },
    failed(reason: string): void {
      if (reason !== told) log('warn', `${what} fails`, { reason });
      told = reason;
    },
  };
}

function touch(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    writeFileSync(file, '');
  }
}
