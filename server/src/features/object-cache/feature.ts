import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { objectCacheRoutes } from './routes.ts';
import { createObjectCacheService } from './service.ts';

export function objectCacheFeature({ cycle: client, carryOut, clock }: FeatureContext): Feature {
  return { routes: objectCacheRoutes(createObjectCacheService({ client, carryOut, clock })) };
}
