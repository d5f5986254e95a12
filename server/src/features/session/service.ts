import { randomBytes } from 'node:crypto';

import type { Role } from '@cyclorama/shared/common.ts';
import type { SignInWay } from '@cyclorama/shared/session.ts';
import type { Kysely } from 'kysely';

import type { RecordActivity } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Identity, OpenedSession, SessionOpening, SignedIn } from '../../lib/person.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import { visibleText } from '../../lib/visible-text.ts';
import type { Database } from '../../store/schema.ts';
import type { SessionRow } from '../../store/sessions.ts';
import { createLiveSessions } from './live-sessions.ts';
import { createPeople } from './people.ts';
import { createSeals } from './seals.ts';
import type { SealedSession } from './seals.ts';
import { createWatchers } from './watchers.ts';
import type { Watchers } from './watchers.ts';

const HOUR_MS = 3_600_000;
/** How soon a session that was ended at one replica is over at the others. */
const REFRESH_MS = 2_000;
const RELOAD_MS = 60_000;
const MAX_USER_AGENT = 300;

export type SessionService = Watchers & {
  /**
   * For whom a way of signing in has proved to be `identity`.
   * @throws AppError `sign-in-refused` where the name belongs to somebody else, or the person is blocked.
   */
  begin(identity: Identity, opening: SessionOpening): Promise<OpenedSession>;
  /**
   * Notes that the person has authenticated again. The new seal is to replace the cookie's: other replicas then know at
   * once.
   */
  confirm(session: SignedIn, way: SignInWay): Promise<OpenedSession>;
  /** Null for a missing, ended, signed-out or forged session. */
  read(seal: string | null): SignedIn | null;
  /** Copies of the cookie end too. */
  signOut(session: SignedIn): Promise<void>;
  /** As it is now. */
  roleOf(name: string): Role;
  start(): Promise<void>;
  stop(): Promise<void>;
};

type Deps = {
  admins: readonly string[];
  operators: readonly string[];
  secrets: Secrets;
  db: Kysely<Database>;
  clock: Clock;
  record: RecordActivity;
  logger: Logger;
  lifetimeMs?: number;
  idleMs?: number;
  newToken?: () => string;
};

export function createSessionService(deps: Deps): SessionService {
  const { clock, secrets, record, logger, lifetimeMs = 12 * HOUR_MS, idleMs = lifetimeMs } = deps;
  const newToken = deps.newToken ?? (() => randomBytes(24).toString('base64url'));
  const seals = createSeals(secrets);
  const watchers = createWatchers(clock);
  const people = createPeople(deps);
  const live = createLiveSessions({ ...deps, idleMs, onEnd: (id, reason) => watchers.end(id, reason) });
  let refreshing: NodeJS.Timeout | undefined;
  let reloadAt = 0;

  const signedIn = (sealed: SealedSession, row: SessionRow): SignedIn => {
    const { id, name, way, csrfToken, expiresAt, providerRole } = sealed;
    const personWay = way === 'passkey' ? 'vpn' : way;
    return {
      id,
      name,
      role: people.roleOf(name, { way: personWay, providerRole }),
      way,
      csrfToken,
      expiresAt,
      confirmedAt: Math.max(sealed.confirmedAt, row.confirmed_at),
    };
  };

  const read = (seal: string | null): SignedIn | null => {
    const sealed = seal === null ? null : seals.open(seal);
    if (sealed === null || sealed.expiresAt <= clock.now()) return null;
    const row = live.find(rowOf(sealed));
    if (row === null) return null;
    live.seen(row);
    return signedIn(sealed, row);
  };

  const begin: SessionService['begin'] = async (identity, { address, userAgent, replaces }) => {
    const { name, way } = identity;
    const person = await people.identify(identity);
    const now = clock.now();
    const sealed: SealedSession = {
      id: newToken(),
      name,
      way,
      providerRole: person.provider_role,
      csrfToken: newToken(),
      createdAt: now,
      confirmedAt: now,
      expiresAt: now + lifetimeMs,
    };
    const row: SessionRow = {
      ...rowOf(sealed),
      address,
      user_agent: userAgent === null ? null : visibleText(userAgent).slice(0, MAX_USER_AGENT),
    };
    const before = replaces === null ? null : seals.open(replaces);
    if (before !== null) await endReplaced(before.id);
    await live.begin(row);
    await record({
      actor: name,
      action: 'session.sign-in',
      outcome: 'done',
      way: { kind: way, id: sealed.id },
    });
    return { seal: seals.close(sealed), session: signedIn(sealed, row) };
  };

  /** It ends in memory even where the store can't be written, which must not keep the person from signing in. */
  const endReplaced = (id: string): Promise<void> =>
    live
      .end([id], 'You signed in again.')
      .catch((error: unknown) => logger.warn({ err: error }, 'the end of a session could not be stored'));

  const refresh = async (): Promise<void> => {
    try {
      if (clock.now() < reloadAt) {
        await people.refresh();
        await live.refresh();
        return;
      }
      await people.reload();
      await live.reload(watchers.ids());
      reloadAt = clock.now() + RELOAD_MS;
    } catch (error) {
      logger.warn({ err: error }, 'the sessions could not be read');
    }
  };

  return {
    ...watchers,
    begin,
    read,
    roleOf: (name) => people.roleOf(name),
    async confirm({ id, name, csrfToken, expiresAt }, way) {
      const row = live.get(id);
      if (row === null) throw new AppError('unauthenticated', 'Your session has ended.');
      const person = people.get(name);
      if (person?.way === way) {
        await people.identify({ name, way, subject: person.subject, role: person.provider_role });
      }
      await live.confirm(row);
      const sealed: SealedSession = {
        id,
        name,
        way: row.way,
        providerRole: person?.provider_role ?? null,
        csrfToken,
        createdAt: row.created_at,
        confirmedAt: clock.now(),
        expiresAt,
      };
      return { seal: seals.close(sealed), session: signedIn(sealed, row) };
    },
    async signOut({ id, name }) {
      await live.end([id], 'You signed out.');
      await record({ actor: name, action: 'session.sign-out', outcome: 'done' });
    },
    async start() {
      await people.reload();
      await live.reload([]);
      reloadAt = clock.now() + RELOAD_MS;
      refreshing = setInterval(() => void refresh(), REFRESH_MS).unref();
    },
    stop() {
      clearInterval(refreshing);
      return Promise.resolve();
    },
  };
}

function rowOf({ id, name, way, createdAt, confirmedAt, expiresAt }: SealedSession): SessionRow {
  return {
    id,
    person: name,
    way,
    created_at: createdAt,
    last_seen_at: createdAt,
    confirmed_at: confirmedAt,
    expires_at: expiresAt,
    address: null,
    user_agent: null,
    ended_at: null,
    end_reason: null,
    changed_at: createdAt,
  };
}
