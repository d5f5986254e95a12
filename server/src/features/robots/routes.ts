import type { Route } from '../../http/route.ts';
import { bookingRoutes } from './bookings/routes.ts';
import { deploymentRoutes } from './deployments/routes.ts';
import type { RobotsService } from './service.ts';

export function robotRoutes({ deployments, bookings }: RobotsService): Route[] {
  return [...deploymentRoutes(deployments), ...bookingRoutes(bookings)];
}
