import { paths } from '@cyclorama/shared/paths.ts';
import { session as sessionShape, signInRequest } from '@cyclorama/shared/session.ts';
import { Router } from 'express';
import type { z } from 'zod';

import type { ApiOperation } from '../../http/api-operation.ts';
import { presentSession } from '../../http/browser-sessions.ts';
import type { BrowserSessions } from '../../http/browser-sessions.ts';
import { jsonBody } from '../../http/json-body.ts';
import { sendJson } from '../../http/json-response.ts';
import { notePerson } from '../../http/request-log.ts';
import { isSameOrigin, whereToGo } from '../../http/same-origin.ts';
import type { SessionCookie } from '../../http/session-cookie.ts';
import type { SessionGate } from '../../http/session-gate.ts';
import { refuseAccessToken, sessionOf } from '../../http/session-gate.ts';
import { signInLimits } from '../../http/sign-in-limit.ts';
import { validate } from '../../http/validate.ts';
import { AppError } from '../../lib/errors.ts';
import type { SessionService } from './service.ts';

type Deps = {
  sessions: Pick<SessionService, 'checkPassword' | 'signOut'>;
  browserSessions: BrowserSessions;
  cookie: SessionCookie;
  gate: SessionGate;
  publicUrl: string | null;
};

const presented = { 'application/json': sessionShape };

export const sessionOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: paths.session(),
    summary: 'Signs in; the session is in a cookie',
    access: 'anyone',
    body: signInRequest,
    success: [{ status: 200, content: presented }],
  },
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
export function sessionRouter({ sessions, browserSessions, cookie, gate, publicUrl }: Deps): Router {
  const router = Router();
  const path = paths.session();

  router.post(path, jsonBody, ...signInLimits(), async (request, response) => {
    if (!isSameOrigin(request, publicUrl)) {
      throw new AppError(
        'csrf',
        'Sign in from Cyclorama’s own page. Nothing was changed.',
        whereToGo(publicUrl),
      );
    }
    const { username, password } = validate(signInRequest, 'body', request.body) as z.output<
      typeof signInRequest
    >;
    await sessions.checkPassword(username, password);
    notePerson(response, username);
    const session = await browserSessions.open(request, response, { name: username, way: 'vpn' });
    await sendJson(request, response, session, 200);
  });

  router.get(path, gate.requireSession, async (request, response) => {
    await sendJson(request, response, presentSession(sessionOf(request)), 200);
  });

  router.delete(path, gate.requireSession, refuseAccessToken, gate.requireCsrf, async (request, response) => {
    await sessions.signOut(sessionOf(request));
    cookie.clear(request, response);
    response.status(204).end();
  });

  return router;
}
