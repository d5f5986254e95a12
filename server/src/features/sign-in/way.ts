import type { Role } from '@cyclorama/shared/common.ts';
import type { PersonWay } from '@cyclorama/shared/session.ts';
import type { Kysely } from 'kysely';

import type { BrowserSessions } from '../../http/browser-sessions.ts';
import type { Identity } from '../../lib/person.ts';
import type { Database } from '../../store/schema.ts';

/** A way to sign in with a name and a password. The first one that takes a name alone decides about it. */
export type PasswordWay = {
  way: PersonWay;
  /** Of everyone who comes this way; else by the configuration and the page. */
  role?: Role;
  takes(name: string): boolean;
  check(name: string, password: string): Promise<boolean>;
  /** `emergency`: must work whatever others try; see limit.rules.ts. */
  urgency: 'usual' | 'emergency';
};

export type SignedInBy = Identity & { way: PersonWay };

/** Sets the session's cookie. @throws AppError `sign-in-refused` where the name belongs to somebody else. */
export type OpenSession = BrowserSessions<Kysely<Database>>['open'];
