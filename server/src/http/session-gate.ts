import { timingSafeEqual } from 'node:crypto';

import type { Role } from '@cyclorama/shared/common.ts';
import { CONFIRMED_FOR_MS } from '@cyclorama/shared/confirmation.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import type { Request, RequestHandler, Response } from 'express';

import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Person, SignedIn } from '../lib/person.ts';
import { currentRequest } from '../lib/request-context.ts';
import type { WayIn } from '../lib/request-context.ts';
import { bearerOf, createBearerLimit } from './bearer.ts';
import { notePerson } from './request-log.ts';
import { isSameOrigin, whereToGo } from './same-origin.ts';

export type SessionGate = {
  /**
   * `unauthenticated` unless the request carries an access token (`Authorization: Bearer cyc_…`) or a live session;
   * with both, the access token counts. `passkey-needed` where the person must add a passkey first.
   */
  requireSession: RequestHandler;
  /** Also for who must add a passkey first: for what that takes, and for signing out. */
  requireAnySession: RequestHandler;
  /**
   * A change gets `csrf` unless it carries the session's token and comes from our own page. Access tokens are exempt:
   * no browser sends them by itself.
   */
  requireCsrf: RequestHandler;
  /**
   * For what a session left open must not do: reveals, purges, power, roles, tokens.
   * @throws AppError `confirmation-needed` unless the person has authenticated within five minutes.
   */
  requireConfirmation(request: Request): void;
};

const signedIn = new WeakMap<Request, SignedIn>();
const byToken = new WeakSet<Request>();

export const refuseAccessToken: RequestHandler = (request, _response, next) => {
  checkNoAccessToken(request);
  next();
};

/** @throws AppError `forbidden` for a request with an access token. */
export function checkNoAccessToken(request: Request): void {
  if (!byToken.has(request)) return;
  throw new AppError('forbidden', 'This can’t be done with an access token. Nothing was changed.', {
    hint: 'Sign in on the page and do it there.',
  });
}

export function isSignedIn(request: Request): boolean {
  return signedIn.has(request);
}

export function sessionOf(request: Request): SignedIn {
  const found = signedIn.get(request);
  if (found === undefined) throw new AppError('unauthenticated', 'You are not signed in.');
  return found;
}

/** @throws AppError `forbidden` where the role is below `needed`. */
export function requireRole(request: Request, needed: Role): void {
  const why = roleRefusal(sessionOf(request).role, needed);
  if (why === null) return;
  throw new AppError('forbidden', why, { hint: 'Ask an admin to do it or to give you the role.' });
}

type Options = {
  sessions: { of(request: Request): SignedIn | null; whyNot(request: Request): string | null };
  accessTokens: {
    read(token: string): Promise<(Person & { tokenId: string; tokenName: string; expiresAt: number }) | null>;
  };
  publicUrl: string | null;
  clock: Clock;
};

export function createSessionGate({ sessions, accessTokens, publicUrl, clock }: Options): SessionGate {
  const limit = createBearerLimit(() => clock.now());

  const bearer = async (request: Request, token: string): Promise<SignedIn> => {
    const found = await accessTokens.read(token);
    if (found === null) {
      limit.refused(request);
      throw new AppError('unauthenticated', 'The access token is unknown, was revoked or has expired.', {
        hint: 'Make a new one on the page, under Access tokens.',
      });
    }
    byToken.add(request);
    const { tokenId, tokenName, name, role, expiresAt } = found;
    const way = 'access-token';
    noteCaller(name, { kind: way, id: tokenId, name: tokenName });
    return {
      id: tokenSessionId(tokenId),
      name,
      role,
      way,
      expiresAt,
      csrfToken: '',
      confirmedAt: 0,
      withPasskey: false,
      passkeyNeeded: false,
    };
  };

  const identify = async (request: Request, response: Response): Promise<SignedIn> => {
    const token = bearerOf(request);
    const session = token === null ? sessions.of(request) : await bearer(request, token);
    if (session === null) {
      throw new AppError('unauthenticated', sessions.whyNot(request) ?? 'You are not signed in.');
    }
    if (token === null) noteCaller(session.name, { kind: session.way, id: session.id, name: null });
    signedIn.set(request, session);
    notePerson(response, session.name);
    return session;
  };

  return {
    async requireAnySession(request, response, next) {
      await identify(request, response);
      next();
    },
    async requireSession(request, response, next) {
      const { passkeyNeeded } = await identify(request, response);
      if (passkeyNeeded) {
        throw new AppError('passkey-needed', 'You need a passkey here. Nothing was done.', {
          hint: 'Add one on the page and use it once.',
        });
      }
      next();
    },
    requireCsrf(request, _response, next) {
      const given = request.get('x-csrf-token') ?? '';
      if (byToken.has(request)) {
        next();
        return;
      }
      if (!isSameOrigin(request, publicUrl) || !sameText(given, sessionOf(request).csrfToken)) {
        const message = 'The request did not come from a page of this session. Nothing was changed.';
        throw new AppError('csrf', message, { field: 'header.X-CSRF-Token', ...whereToGo(publicUrl) });
      }
      next();
    },
    requireConfirmation(request) {
      checkNoAccessToken(request);
      if (clock.now() - sessionOf(request).confirmedAt <= CONFIRMED_FOR_MS) return;
      throw new AppError('confirmation-needed', 'Confirm first that it is you. Nothing was done.', {
        hint: 'Enter your password or use your passkey, then try again.',
      });
    },
  };
}

/** What the request's entries on record say of its way in. */
function noteCaller(person: string, way: WayIn): void {
  const request = currentRequest();
  if (request !== undefined) request.caller = { person, way };
}

export function tokenSessionId(tokenId: string): string {
  return `token ${tokenId}`;
}

/** Null for the id of a session. */
export function tokenIdOf(sessionId: string): string | null {
  return sessionId.startsWith('token ') ? sessionId.slice('token '.length) : null;
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
