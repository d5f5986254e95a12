import type { FeatureOffering } from '../../http/feature.ts';
import { UpstreamError } from '../../lib/errors.ts';
import type { FeatureContext } from '../context.ts';
import { sessionRouter } from './routes.ts';
import { createSessionService } from './service.ts';
import type { SessionService } from './service.ts';

type Offers = Pick<SessionService, 'read' | 'watch' | 'end' | 'roleOf'>;

export function sessionFeature({ config, cycle, ...context }: FeatureContext): FeatureOffering<Offers> {
  const sessions = createSessionService({
    ...context,
    verify: (name, password) => {
      if (cycle === null) throw cycleUnconfigured();
      return cycle.vpnLogin(name, password);
    },
    admins: config.adminUsers,
    operators: config.operatorUsers,
  });
  const { publicUrl } = config;
  return {
    services: [sessions],
    storelessRouters: [(gate) => sessionRouter({ sessions, gate, publicUrl })],
    offers: sessions,
  };
}

function cycleUnconfigured(): UpstreamError {
  return new UpstreamError('cycle', 'unconfigured', 'Nobody can sign in: CYCLE_API_TOKEN is not set.');
}
