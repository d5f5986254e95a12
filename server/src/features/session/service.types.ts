import type { Role } from '@cyclorama/shared/common.ts';
import type { PasskeysRequired } from '@cyclorama/shared/passkeys.ts';
import type { SignInWay } from '@cyclorama/shared/session.ts';
import type { Kysely } from 'kysely';

import type { RecordActivity } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Identity, OpenedSession, SessionOpening, SignedIn } from '../../lib/person.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import type { Store } from '../../store/database.ts';
import type { ChangeOnRecord, StoreAlongside } from '../../store/on-record.ts';
import type { Database } from '../../store/schema.ts';
import type { SessionRow } from '../../store/sessions.ts';
import type { AccountChanges } from './account-changes.ts';
import type { People } from './people.ts';
import type { AccessLimits, RoleSettings } from './rules.ts';
import type { Watchers } from './watchers.ts';

export type SessionService = Pick<Watchers, 'watch' | 'end' | 'ids'> & {
  people: Pick<People, 'get' | 'list' | 'forget'>;
  accountChanges: Pick<AccountChanges, 'vpnAccountsChanged' | 'vouch' | 'personGone'>;
  /**
   * For whom a way of signing in has proved to be `identity`.
   * @throws AppError `sign-in-refused` where the name belongs to somebody else, the person is blocked, or a passkey
   *   alone does not do any more; `store-unavailable` where it can't be put on record, except for the break-glass admin,
   *   with whom nothing is stored alongside then.
   */
  begin(identity: Identity, opening: SessionOpening, alongside?: StoreAlongside): Promise<OpenedSession>;
  /**
   * Notes that the person has authenticated again. The new seal is to replace the cookie's: other replicas then know at
   * once.
   */
  confirm(session: SignedIn, way: SignInWay): Promise<OpenedSession>;
  /** Null for a missing, ended, signed-out or forged session, and for a person without access. */
  read(seal: string | null): SignedIn | null;
  /** Why `read` gives null, in words for the person; null where nothing is known. */
  whyOver(seal: string | null): string | null;
  /**
   * Copies of the cookie end too. It only takes access away, so it waits for no store: until one can be used, the end is
   * kept in memory and its entry in the signed log line.
   */
  signOut(session: SignedIn): Promise<void>;
  /** Those that are not over. */
  list(): SessionRow[];
  /** As it is now. */
  roleOf(name: string): Role;
  roleOriginOf(name: string): ReturnType<People['roleOf']>;
  /** Why the person's sessions are refused; null: they are not. */
  lapseText(name: string): string | null;
  /** Why a person can't use the dashboard, in words that follow their name; null: they can once they have signed in. */
  noAccess(name: string): string | null;
  /** Why the access tokens of a person are refused; null: they are not. */
  tokenLapse(owner: string): { message: string; hint: string } | null;
  /** When the person must have signed in again, epoch milliseconds; null: nothing is asked. */
  confirmBy(name: string): number | null;
  /** Takes up what the store says now, and ends what it says is over. */
  refresh(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type SessionDeps = {
  roles: RoleSettings;
  limits: AccessLimits;
  secrets: Secrets;
  db: Kysely<Database>;
  hub: Pick<EventHub, 'publish'>;
  clock: Clock;
  storeHealth: Pick<Store['health'], 'onChange'>;
  record: RecordActivity;
  changeOnRecord: ChangeOnRecord;
  logger: Logger;
  passkeysRequired: PasskeysRequired;
  lifetimeMs: number;
  idleMs: number;
  newToken?: () => string;
};
