import type { FeatureOffering } from '../../http/feature.ts';
import type { BaseContext } from '../context.ts';
import { activityRoutes } from './routes.ts';
import { createActivityService } from './service.ts';
import type { ActivityService } from './service.ts';

export function activityFeature(context: BaseContext): FeatureOffering<ActivityService> {
  const activity = createActivityService(context);
  return { routes: activityRoutes(activity), offers: activity };
}
