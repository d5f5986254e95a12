import type { FeatureOffering } from '../../http/feature.ts';
import type { BaseContext } from '../context.ts';
import { createRecorder } from './recorder.ts';
import type { Recorder } from './recorder.ts';
import { activityRoutes } from './routes.ts';
import { createActivityService } from './service.ts';
import type { ActivityService } from './service.ts';

export function activityFeature(context: BaseContext): FeatureOffering<ActivityService & Recorder> {
  const activity = createActivityService(context);
  const recorder = createRecorder(context);
  return { routes: activityRoutes(activity), offers: { ...activity, ...recorder } };
}
