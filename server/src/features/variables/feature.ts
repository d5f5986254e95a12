import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { variableRoutes } from './routes.ts';
import { createVariablesService } from './service.ts';

export function variablesFeature(
  { cycle: client, putOnRecord, clock }: FeatureContext,
  { ownStartedAt }: { ownStartedAt: () => string | null },
): Feature {
  return { routes: variableRoutes(createVariablesService({ client, ownStartedAt, putOnRecord, clock })) };
}
