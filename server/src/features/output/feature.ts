import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { createLogsService } from './logs/service.ts';
import type { LogsDeps } from './logs/service.ts';
import { outputRoutes } from './routes.ts';

type Needs = Pick<LogsDeps, 'platform'> & {
  telemetryDirectory: { instance(id: string): unknown };
};

/** What instances write: logs and console. */
export function outputFeature({ clock }: FeatureContext, { platform, telemetryDirectory }: Needs): Feature {
  const isInstance = (id: string): boolean => telemetryDirectory.instance(id) !== null;
  return { routes: outputRoutes(createLogsService({ platform, isInstance, clock })) };
}
