import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { teamRoutes } from './routes.ts';
import { createTeamService } from './service.ts';
import type { TeamNeeds } from './service.ts';

export function teamFeature(context: FeatureContext, needs: TeamNeeds): Feature {
  return { routes: teamRoutes(createTeamService({ ...context, ...needs })) };
}
