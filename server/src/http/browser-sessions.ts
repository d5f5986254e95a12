import type { IncomingMessage } from 'node:http';

import { session as sessionShape } from '@cyclorama/shared/session.ts';
import type { Session, SignInWay } from '@cyclorama/shared/session.ts';
import type { Request, Response } from 'express';

import { isoOf } from '../lib/clock.ts';
import type { Identity, OpenedSession, SessionOpening, SignedIn } from '../lib/person.ts';
import { clientAddress } from './client-address.ts';
import type { SessionCookie } from './session-cookie.ts';
import { sessionOf } from './session-gate.ts';

/** Sessions of requests: what reads and sets the cookie. `Within` is a transaction of the store. */
export type BrowserSessions<Within> = {
  /** Null where there is none or it has ended. */
  of(request: IncomingMessage): SignedIn | null;
  /** Why the session of the cookie is over, in words for the person; null where nothing is known. */
  whyNot(request: IncomingMessage): string | null;
  present(session: SignedIn): Session;
  /** Signs `identity` in at this browser; the session it had here ends. */
  open(
    request: Request,
    response: Response,
    identity: Identity,
    alongside?: (within: Within) => Promise<unknown>,
  ): Promise<Session>;
  /** Notes that the person of this request has authenticated again. */
  confirm(request: Request, response: Response, way: SignInWay): Promise<Session>;
};

type Options<Within> = {
  sessions: {
    read(seal: string | null): SignedIn | null;
    whyOver(seal: string | null): string | null;
    confirmBy(name: string): number | null;
    begin(
      identity: Identity,
      opening: SessionOpening,
      alongside?: (within: Within) => Promise<unknown>,
    ): Promise<OpenedSession>;
    confirm(session: SignedIn, way: SignInWay): Promise<OpenedSession>;
  };
  cookie: SessionCookie;
};

export function createBrowserSessions<Within>({
  sessions,
  cookie,
}: Options<Within>): BrowserSessions<Within> {
  const present = ({ name, role, way, csrfToken, expiresAt, passkeyNeeded }: SignedIn): Session => {
    const confirmBy = sessions.confirmBy(name);
    return sessionShape.parse({
      user: { name, role },
      way,
      csrfToken,
      expiresAt: isoOf(expiresAt),
      confirmBy: confirmBy === null ? null : isoOf(confirmBy),
      passkeyNeeded,
    });
  };
  const give = (request: Request, response: Response, { seal, session }: OpenedSession): Session => {
    cookie.set(request, response, seal, session.expiresAt);
    return present(session);
  };
  const openingOf = (request: Request): SessionOpening => ({
    address: clientAddress(request),
    userAgent: request.get('user-agent') ?? null,
    replaces: cookie.read(request),
  });
  return {
    present,
    of: (request) => sessions.read(cookie.read(request)),
    whyNot: (request) => sessions.whyOver(cookie.read(request)),
    open: async (request, response, identity, alongside) =>
      give(request, response, await sessions.begin(identity, openingOf(request), alongside)),
    confirm: async (request, response, way) =>
      give(request, response, await sessions.confirm(sessionOf(request), way)),
  };
}
