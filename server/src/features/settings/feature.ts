import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { settingsRoutes } from './routes.ts';
import { createSettingsService } from './service.ts';

export function settingsFeature({ cycle: client, clock, config }: FeatureContext): Feature {
  const { metadataPath } = config.cycle;
  return { routes: settingsRoutes(createSettingsService({ client, metadataPath, clock })) };
}
