import type { IncomingMessage } from 'node:http';

import type { FeatureOffering } from '../../http/feature.ts';
import { createSessionCookie } from '../../http/session-cookie.ts';
import { UpstreamError } from '../../lib/errors.ts';
import type { SignedIn } from '../../lib/person.ts';
import type { FeatureContext } from '../context.ts';
import { sessionRouter } from './routes.ts';
import { createSessionService } from './service.ts';
import type { SessionService } from './service.ts';

type Offers = Pick<SessionService, 'watch' | 'end' | 'roleOf'> & {
  /** By the request's cookie; null where there is none or it has ended. */
  of(request: IncomingMessage): SignedIn | null;
};

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
  const cookie = createSessionCookie({ secret: context.secret, publicUrl });
  return {
    services: [sessions],
    storelessRouters: [(gate) => sessionRouter({ sessions, cookie, gate, publicUrl })],
    offers: { ...sessions, of: (request) => sessions.read(cookie.read(request)) },
  };
}

function cycleUnconfigured(): UpstreamError {
  return new UpstreamError('cycle', 'unconfigured', 'Nobody can sign in: CYCLE_API_TOKEN is not set.');
}
