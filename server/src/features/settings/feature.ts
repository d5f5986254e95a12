import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { createHubActivity } from './hub-activity.ts';
import type { HubActivityDeps } from './hub-activity.ts';
import { settingsRoutes } from './routes.ts';
import { createSettingsService } from './service.ts';

export function settingsFeature(
  { cycle: client, clock, config }: FeatureContext,
  { platform, nameOf }: Omit<HubActivityDeps, 'clock'>,
): Feature {
  const { metadataPath } = config.cycle;
  const settings = createSettingsService({ client, metadataPath, clock });
  return { routes: settingsRoutes(settings, createHubActivity({ platform, nameOf, clock })) };
}
