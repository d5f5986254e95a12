import type { FeatureOffering } from '../../http/feature.ts';
import { createPlatformClient } from '../../upstream/cycle-platform/client.ts';
import type { PlatformClient } from '../../upstream/cycle-platform/client.ts';
import type { FeatureContext } from '../context.ts';
import { jobRoutes } from './routes.ts';
import { createJobsService } from './service.ts';
import type { JobsService } from './service.ts';

type Offers = {
  platform: PlatformClient;
  platformTokens: PlatformClient['tokens'];
  jobs: Pick<JobsService, 'list'>;
};

export function jobsFeature({
  config,
  health: { platform: health },
  clock,
  logger,
}: FeatureContext): FeatureOffering<Offers> {
  const client = createPlatformClient({ ...config.platform, health, logger, clock });
  const jobs = createJobsService({ client, health, clock, logger, keepMs: config.platform.cacheMs });
  return {
    services: [{ stop: () => client.close() }, jobs],
    routes: jobRoutes(jobs),
    offers: { platform: client, platformTokens: client.tokens, jobs },
  };
}
