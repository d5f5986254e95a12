import type { FeatureOffering } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { telemetryRoutes } from './routes.ts';
import { createTelemetryService } from './service.ts';
import type { TelemetryDirectory, TelemetryService } from './service.ts';

type Needs = {
  directory: TelemetryDirectory;
  collectors: { covers(serverId: string): boolean };
};

export function telemetryFeature(
  { cycle, health, ...context }: FeatureContext,
  needs: Needs,
): FeatureOffering<Pick<TelemetryService, 'ingest' | 'latest' | 'ownReading'>> {
  const telemetry = createTelemetryService({ ...context, client: cycle, health: health.cycle, ...needs });
  return { services: [telemetry], routes: telemetryRoutes(telemetry), offers: telemetry };
}
