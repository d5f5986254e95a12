import type { JobsResponse } from '@cyclorama/shared/jobs.ts';

import type { Clock } from '../../clock.ts';
import { UpstreamError } from '../../errors.ts';
import type { PlatformClient, PlatformJob } from '../../upstream/cycle-platform/client.ts';
import type { UpstreamHealth } from '../../upstream/health.ts';
import { presentJob } from './jobs.presenter.ts';

const keepMs = 10_000;
const listedAtMost = 50;

export type JobsService = {
  /** The hub's newest jobs, newest first; the last good list where the API fails, as its freshness says. */
  list(): Promise<JobsResponse>;
};

/** Jobs of Cycle's public API: read at most every ten seconds, once for all who ask, and only when someone asks. */
export function createJobsService(options: {
  client: PlatformClient;
  health: Pick<UpstreamHealth, 'freshness'>;
  clock: Clock;
}): JobsService {
  const { client, health, clock } = options;
  let jobs: PlatformJob[] = [];
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  const read = async (): Promise<void> => {
    triedAt = clock.now();
    try {
      jobs = await client.jobs(listedAtMost);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
    }
  };

  return {
    async list() {
      if (client.configured && clock.now() - triedAt >= keepMs) {
        reading ??= read().finally(() => {
          reading = null;
        });
      }
      await reading;
      return { freshness: health.freshness(), jobs: jobs.map(presentJob) };
    },
  };
}
