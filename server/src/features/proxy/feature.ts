import type { AccessPart } from '@cyclorama/shared/robot-access.ts';

import type { Feature } from '../../http/feature.ts';
import { proxyOperations } from '../../http/proxy/proxy-operations.ts';
import { createUpstreamProxy } from '../../http/proxy/proxy-router.ts';
import { openBookingOf } from '../../store/open-booking.ts';
import type { Governor } from '../../upstream/rerobots/governor.ts';
import type { FeatureContext } from '../context.ts';
import { proxyTargets } from './targets.ts';
import type { PlatformTokens } from './targets.ts';

type Needs = {
  /** The token of rerobots as it is now. */
  rerobotsToken: () => string | null;
  platformTokens: PlatformTokens;
  governor: Pick<Governor, 'admit' | 'observe'>;
  deploymentType: (id: string) => string | null;
  /** @throws AppError `not-allowed-now` where the booked robot has no such part now. */
  checkReachable: (bookingId: string, part: AccessPart) => Promise<void>;
  deadlineMs?: number;
};

export function proxyFeature(
  { config, db, carryOut, callOnce, health, clock }: FeatureContext,
  { rerobotsToken, platformTokens, governor, deploymentType, checkReachable, deadlineMs }: Needs,
): Feature {
  const proxy = createUpstreamProxy({
    targets: proxyTargets(config, rerobotsToken, platformTokens),
    carryOut,
    callOnce,
    health,
    governor,
    bookingOwner: async (instanceId) => (await openBookingOf(db, instanceId))?.owner ?? null,
    checkRobot: async (instanceId, part) => {
      const booking = await openBookingOf(db, instanceId);
      if (booking !== null) await checkReachable(booking.id, part);
    },
    nameTarget: async (kind, id) => {
      if (kind === 'robot') {
        const booking = await openBookingOf(db, id);
        return booking && { kind: 'booking', id: booking.id, name: booking.type };
      }
      if (kind === 'deployment') return { kind, id, name: deploymentType(id) ?? id };
      return null;
    },
    clock,
    deadlineMs,
  });
  return { routers: [proxy.router], routerOperations: proxyOperations, endRequests: proxy.close };
}
