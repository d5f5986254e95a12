import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { viewRoutes } from './routes.ts';
import { createViewsService } from './service.ts';

/** What a person keeps of the environment. */
export function viewsFeature(context: FeatureContext): Feature {
  return { routes: viewRoutes(createViewsService(context)) };
}
