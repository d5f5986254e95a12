import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { variableRoutes } from './routes.ts';
import { createVariablesService } from './service.ts';

type Needs = Pick<
  Parameters<typeof createVariablesService>[0],
  'ownStartedAt' | 'environmentId' | 'platform'
>;

export function variablesFeature(
  { cycle: client, putOnRecord, clock }: FeatureContext,
  { ownStartedAt, environmentId, platform }: Needs,
): Feature {
  const service = createVariablesService({
    client,
    ownStartedAt,
    environmentId,
    platform,
    putOnRecord,
    clock,
  });
  return { routes: variableRoutes(service) };
}
