import { timingSafeEqual } from 'node:crypto';

import { roleAllows } from '@cyclorama/shared/common.ts';
import type { Role } from '@cyclorama/shared/common.ts';
import type { Request, RequestHandler } from 'express';

import { AppError } from '../errors.ts';
import type { SessionService, SignedIn } from '../features/session/service.ts';
import { isSameOrigin } from './same-origin.ts';
import { readSessionCookie } from './session-cookie.ts';

/** What stands before every handler: who is asking, and whether a change was meant. */
export type SessionGate = {
  /** Refuses with `unauthenticated` unless the request carries a live session. */
  requireSession: RequestHandler;
  /** Refuses a change with `csrf` unless it carries the session's token and comes from our own page. */
  requireCsrf: RequestHandler;
};

const signedIn = new WeakMap<Request, SignedIn>();

/** The session `requireSession` found. @throws AppError `unauthenticated` where it did not run. */
export function sessionOf(request: Request): SignedIn {
  const found = signedIn.get(request);
  if (found === undefined) throw new AppError('unauthenticated', 'You are not signed in.');
  return found;
}

/** @throws AppError `forbidden` where the person's role is less than `needed`. */
export function requireRole(request: Request, needed: Role): void {
  if (roleAllows(sessionOf(request).role, needed)) return;
  throw new AppError('forbidden', `This needs the role ${needed}; nothing was done.`, {
    hint: 'Ask an administrator to do it or to give you the role.',
  });
}

export function createSessionGate(sessions: SessionService, publicUrl: string | null): SessionGate {
  return {
    async requireSession(request, _response, next) {
      const session = await sessions.read(readSessionCookie(request));
      if (session === null) throw new AppError('unauthenticated', 'You are not signed in.');
      signedIn.set(request, session);
      next();
    },
    requireCsrf(request, _response, next) {
      const given = request.get('x-csrf-token') ?? '';
      if (!isSameOrigin(request, publicUrl) || !sameText(given, sessionOf(request).csrfToken)) {
        const message = 'The request did not come from a page of this session, so nothing was done.';
        throw new AppError('csrf', message, { field: 'header.X-CSRF-Token' });
      }
      next();
    },
  };
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
