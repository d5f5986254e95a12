import type { IncomingMessage } from 'node:http';

import { session as sessionShape } from '@cyclorama/shared/session.ts';
import type { Session, SignInWay } from '@cyclorama/shared/session.ts';
import type { Request, Response } from 'express';

import { isoOf } from '../lib/clock.ts';
import type { Identity, OpenedSession, SessionOpening, SignedIn } from '../lib/person.ts';
import { clientAddress } from './client-address.ts';
import type { SessionCookie } from './session-cookie.ts';
import { sessionOf } from './session-gate.ts';

/** Sessions of requests: what reads and sets the cookie. */
export type BrowserSessions = {
  /** Null where there is none or it has ended. */
  of(request: IncomingMessage): SignedIn | null;
  /** Signs `identity` in at this browser; the session it had here ends. */
  open(request: Request, response: Response, identity: Identity): Promise<Session>;
  /** Notes that the person of this request has authenticated again. */
  confirm(request: Request, response: Response, way: SignInWay): Promise<Session>;
};

type Options = {
  sessions: {
    read(seal: string | null): SignedIn | null;
    begin(identity: Identity, opening: SessionOpening): Promise<OpenedSession>;
    confirm(session: SignedIn, way: SignInWay): Promise<OpenedSession>;
  };
  cookie: SessionCookie;
};

export function createBrowserSessions({ sessions, cookie }: Options): BrowserSessions {
  const give = (request: Request, response: Response, { seal, session }: OpenedSession): Session => {
    cookie.set(request, response, seal, session.expiresAt);
    return presentSession(session);
  };
  const openingOf = (request: Request): SessionOpening => ({
    address: clientAddress(request),
    userAgent: request.get('user-agent') ?? null,
    replaces: cookie.read(request),
  });
  return {
    of: (request) => sessions.read(cookie.read(request)),
    open: async (request, response, identity) =>
      give(request, response, await sessions.begin(identity, openingOf(request))),
    confirm: async (request, response, way) =>
      give(request, response, await sessions.confirm(sessionOf(request), way)),
  };
}

export function presentSession({ name, role, csrfToken, expiresAt }: SignedIn): Session {
  return sessionShape.parse({ user: { name, role }, csrfToken, expiresAt: isoOf(expiresAt) });
}
