import { paths } from '@cyclorama/shared/paths.ts';
import { session as sessionShape } from '@cyclorama/shared/session.ts';
import { Router } from 'express';

import type { ApiOperation } from '../../http/api-operation.ts';
import type { BrowserSessions } from '../../http/browser-sessions.ts';
import { sendJson } from '../../http/json-response.ts';
import type { SessionCookie } from '../../http/session-cookie.ts';
import type { SessionGate } from '../../http/session-gate.ts';
import { refuseAccessToken, sessionOf } from '../../http/session-gate.ts';
import type { SessionService } from './service.types.ts';

type Deps = {
  sessions: Pick<SessionService, 'signOut'>;
  browserSessions: Pick<BrowserSessions<never>, 'present'>;
  cookie: SessionCookie;
  gate: SessionGate;
};

const presented = { 'application/json': sessionShape };

export const sessionOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: paths.session(),
    summary: 'Who is signed in, and the token for X-CSRF-Token',
    access: 'viewer',
    success: [{ status: 200, content: presented }],
  },
  {
    method: 'delete',
    path: paths.session(),
    summary: 'Signs out',
    access: 'viewer',
    sessionOnly: true,
    success: [{ status: 204 }],
  },
];

/** Not route literals: only these set cookies and work without a session. */
export function sessionRouter({ sessions, browserSessions, cookie, gate }: Deps): Router {
  const router = Router();
  const path = paths.session();

  router.get(path, gate.requireAnySession, async (request, response) => {
    await sendJson(request, response, browserSessions.present(sessionOf(request)), 200);
  });

  router.delete(
    path,
    gate.requireAnySession,
    refuseAccessToken,
    gate.requireCsrf,
    async (request, response) => {
      // First, so that the browser has lost the session whatever comes of the rest.
      cookie.clear(request, response);
      await sessions.signOut(sessionOf(request));
      response.status(204).end();
    },
  );

  return router;
}
