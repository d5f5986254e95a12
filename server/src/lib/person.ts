import type { Role } from '@cyclorama/shared/common.ts';
import type { Person } from '@cyclorama/shared/rules/roles.ts';
import type { SignInWay } from '@cyclorama/shared/session.ts';

export type { Person };

/** The role is looked up at each request, so that a change applies at once. */
export type SignedIn = Person & {
  id: string;
  way: SignInWay | 'access-token';
  csrfToken: string;
  expiresAt: number;
  /** When the person last authenticated in it; 0 with an access token. */
  confirmedAt: number;
  /** A passkey was used in it. */
  withPasskey: boolean;
  /** They must add a passkey, and use it, before they may do anything else. */
  passkeyNeeded: boolean;
};

/** Who a way of signing in has proved somebody to be. */
export type Identity = {
  name: string;
  way: SignInWay;
  /** Who that is at the sign-in provider; null where the name says it. */
  subject?: string | null;
  /** As the provider tells it; null where it tells none. */
  role?: Role | null;
  /** When they proved it, where that was not now: a provider may remember them. */
  authenticatedAt?: number;
  /** A passkey was used, alone or besides. */
  withPasskey?: boolean;
};

export type SessionOpening = {
  /** As reported by the trusted proxy; null where unknown. */
  address: string | null;
  userAgent: string | null;
  /** The seal the browser sent along: its session ends. */
  replaces: string | null;
};

/** `seal` is the cookie's value. */
export type OpenedSession = { seal: string; session: SignedIn };
