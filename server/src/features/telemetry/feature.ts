import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { telemetryRoutes } from './routes.ts';
import { createTelemetryService } from './service.ts';
import type { TelemetryDirectory } from './service.ts';

export function telemetryFeature(
  { cycle, health, ...context }: FeatureContext,
  { directory }: { directory: TelemetryDirectory },
): Feature {
  const telemetry = createTelemetryService({ ...context, client: cycle, health: health.cycle, directory });
  return { services: [telemetry], routes: telemetryRoutes(telemetry) };
}
