import type { Feature } from '../../http/feature.ts';
import { proxyOperations } from '../../http/proxy/proxy-operations.ts';
import { createUpstreamProxy } from '../../http/proxy/proxy-router.ts';
import { bookingOwner } from '../../store/booking-owner.ts';
import type { Governor } from '../../upstream/rerobots/governor.ts';
import type { FeatureContext } from '../context.ts';
import { proxyTargets } from './targets.ts';

type Needs = {
  /** The token of rerobots as it is now. */
  rerobotsToken: () => string | null;
  governor: Pick<Governor, 'admit' | 'observe'>;
  deadlineMs?: number;
};

export function proxyFeature(
  { config, db, record, callOnce, health, clock }: FeatureContext,
  { rerobotsToken, governor, deadlineMs }: Needs,
): Feature {
  const proxy = createUpstreamProxy({
    targets: proxyTargets(config, rerobotsToken),
    record,
    callOnce,
    health,
    governor,
    bookingOwner: (instanceId) => bookingOwner(db, instanceId),
    clock,
    deadlineMs,
  });
  return { routers: [proxy.router], routerOperations: proxyOperations, endRequests: proxy.close };
}
