import type { JobDetail, JobsResponse } from '@cyclorama/shared/jobs.ts';

import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import { createKeptRead } from '../../lib/kept-read.ts';
import type { Logger } from '../../lib/logger.ts';
import type { PlatformClient, PlatformJob } from '../../upstream/cycle-platform/client.ts';
import type { UpstreamHealth } from '../../upstream/health.ts';
import { presentJob, presentJobDetail } from './presenter.ts';

/** While somebody follows a job to its end. */
const FOLLOWED_KEEP_MS = 1_000;
/** Jobs whose last answer is kept. */
const FOLLOWED_AT_MOST = 100;
/** Poll interval without page requests, so that the API's health is known. */
const PROBE_MS = 60_000;
const LISTED_AT_MOST = 50;

export type JobsService = {
  /** Newest first. While the API fails, the last good list, as its freshness says. */
  list(): Promise<JobsResponse>;
  /** With its steps. @throws AppError `not-found`; UpstreamError where it can't be read. */
  job(id: string): Promise<JobDetail>;
  start(): void;
  /** Waits for a read in flight. */
  stop(): Promise<void>;
};

export function createJobsService(options: {
  client: PlatformClient;
  health: Pick<UpstreamHealth, 'freshness'>;
  clock: Clock;
  logger: Logger;
  /** For how long a list answers all who ask. */
  keepMs: number;
}): JobsService {
  const { client, health, clock, logger, keepMs } = options;
  let jobs: PlatformJob[] = [];
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const read = async (): Promise<void> => {
    triedAt = clock.now();
    const answer = await client.jobs(LISTED_AT_MOST);
    if (answer.ok) jobs = answer.value;
  };

  const refresh = async (): Promise<void> => {
    if (client.configured && clock.now() - triedAt >= keepMs) {
      reading ??= read().finally(() => {
        reading = null;
      });
    }
    await reading;
  };
  const probe = (): void => {
    refresh().catch((error: unknown) => logger.error({ err: error }, 'the jobs could not be read'));
  };

  const reads = new Map<string, ReturnType<typeof createKeptRead<PlatformJob | null>>>();
  /** One read for all who follow the same job. */
  const followed = (id: string) => {
    const known = reads.get(id);
    if (known !== undefined) return known;
    const read = createKeptRead({ read: () => readJob(id), clock, keepMs: FOLLOWED_KEEP_MS });
    reads.set(id, read);
    const [oldest] = reads.keys();
    if (reads.size > FOLLOWED_AT_MOST && oldest !== undefined) reads.delete(oldest);
    return read;
  };
  const readJob = async (id: string): Promise<PlatformJob | null> => {
    const answer = await client.job(id);
    if (answer.ok) return answer.value;
    throw answer.error;
  };

  return {
    async list() {
      await refresh();
      return { freshness: health.freshness(), jobs: jobs.map(presentJob) };
    },
    async job(id) {
      const { value, freshness } = await followed(id)();
      if (value === null) {
        throw new AppError('not-found', 'Cycle knows no such job.', {
          hint: 'It may have expired. Go back to the list.',
        });
      }
      return { freshness, ...presentJobDetail(value) };
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
