import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { notificationRoutes } from './routes.ts';
import { createNotificationsService } from './service.ts';
import type { NotificationFeed } from './service.ts';

type Needs = { notifications: { feed: NotificationFeed; whyNone: () => string | null } };

export function notificationsFeature({ hub, clock }: FeatureContext, { notifications }: Needs): Feature {
  const service = createNotificationsService({ ...notifications, hub, clock });
  return { services: [service], routes: notificationRoutes(service) };
}
