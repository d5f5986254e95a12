import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { monitoringRoutes } from './routes.ts';
import { createMonitoringService } from './service.ts';

export function monitoringFeature({ cycle: client, carryOut, callOnce }: FeatureContext): Feature {
  return { routes: monitoringRoutes(createMonitoringService({ client, carryOut, callOnce })) };
}
