import type { JobsResponse } from '@cyclorama/shared/jobs.ts';

import type { Clock } from '../../lib/clock.ts';
import { UpstreamError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { PlatformClient, PlatformJob } from '../../upstream/cycle-platform/client.ts';
import type { UpstreamHealth } from '../../upstream/health.ts';
import { presentJob } from './presenter.ts';

const KEEP_MS = 10_000;
/** Poll interval without page requests, so that the API's health is known. */
const PROBE_MS = 60_000;
const LISTED_AT_MOST = 50;

export type JobsService = {
  /** Newest first. While the API fails, the last good list, as its freshness says. */
  list(): Promise<JobsResponse>;
  start(): void;
  /** Waits for a read in flight. */
  stop(): Promise<void>;
};

export function createJobsService(options: {
  client: PlatformClient;
  health: Pick<UpstreamHealth, 'freshness'>;
  clock: Clock;
  logger: Logger;
}): JobsService {
  const { client, health, clock, logger } = options;
  let jobs: PlatformJob[] = [];
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const read = async (): Promise<void> => {
    triedAt = clock.now();
    try {
      jobs = await client.jobs(LISTED_AT_MOST);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
    }
  };

  const refresh = async (): Promise<void> => {
    if (client.configured && clock.now() - triedAt >= KEEP_MS) {
      reading ??= read().finally(() => {
        reading = null;
      });
    }
    await reading;
  };
  const probe = (): void => {
    refresh().catch((error: unknown) => logger.error({ err: error }, 'the jobs could not be read'));
  };

  return {
    async list() {
      await refresh();
      return { freshness: health.freshness(), jobs: jobs.map(presentJob) };
    },
    start() {
      probe();
      timer = setInterval(probe, PROBE_MS);
    },
    async stop() {
      clearInterval(timer);
      await reading;
    },
  };
}
