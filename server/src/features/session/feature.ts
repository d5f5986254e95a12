import type { Kysely } from 'kysely';

import { createBrowserSessions } from '../../http/browser-sessions.ts';
import type { BrowserSessions } from '../../http/browser-sessions.ts';
import type { FeatureOffering } from '../../http/feature.ts';
import { createSessionCookie } from '../../http/session-cookie.ts';
import type { Database } from '../../store/schema.ts';
import type { FeatureContext } from '../context.ts';
import { sessionOperations, sessionRouter } from './routes.ts';
import { createSessionService } from './service.ts';
import type { SessionService } from './service.types.ts';

const HOUR_MS = 3_600_000;

type Offers = Omit<SessionService, 'read' | 'confirm' | 'start' | 'stop'> &
  BrowserSessions<Kysely<Database>> & { cookieName: string };

export function sessionFeature({ config, ...context }: FeatureContext): FeatureOffering<Offers> {
  const sessions = createSessionService({
    ...context,
    roles: { admins: config.adminUsers, operators: config.operatorUsers },
    limits: {
      confirmWithinMs: config.confirmWithinDays * 24 * HOUR_MS,
      tokenGraceMs: config.vpnConfirmHours * HOUR_MS,
    },
    passkeysRequired: config.passkeysRequired,
    lifetimeMs: config.sessionHours * HOUR_MS,
    idleMs: config.sessionIdleHours * HOUR_MS,
  });
  const { replicas } = context;
  replicas.onTold('session', () => sessions.refresh());
  const told: SessionService = {
    ...sessions,
    async refresh() {
      await sessions.refresh();
      replicas.tell('session');
    },
    async signOut(session) {
      await sessions.signOut(session);
      replicas.tell('session');
    },
  };
  const { publicUrl } = config;
  const cookie = createSessionCookie({ secrets: context.secrets, publicUrl });
  const browserSessions = createBrowserSessions({ sessions: told, cookie });
  return {
    services: [sessions],
    storelessRouters: [(gate) => sessionRouter({ sessions: told, browserSessions, cookie, gate })],
    routerOperations: sessionOperations,
    offers: { ...told, ...browserSessions, cookieName: cookie.name },
  };
}
