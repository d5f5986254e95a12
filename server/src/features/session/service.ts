import { randomBytes } from 'node:crypto';

import type { Role } from '@cyclorama/shared/common.ts';
import type { SignInWay } from '@cyclorama/shared/session.ts';
import type { Kysely } from 'kysely';

import type { RecordActivity } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Identity, OpenedSession, SessionOpening, SignedIn } from '../../lib/person.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import { visibleText } from '../../lib/visible-text.ts';
import { doubtVpnPeople, updatePerson } from '../../store/people.ts';
import type { Database } from '../../store/schema.ts';
import type { SessionRow } from '../../store/sessions.ts';
import { createLiveSessions } from './live-sessions.ts';
import { createPeople } from './people.ts';
import type { People } from './people.ts';
import { SESSION_GRACE_MS, sessionLapseText, tokenLapseText } from './rules.ts';
import type { AccessLimits, RoleSettings } from './rules.ts';
import { createSeals } from './seals.ts';
import type { SealedSession } from './seals.ts';
import { createWatchers } from './watchers.ts';
import type { Watchers } from './watchers.ts';

const HOUR_MS = 3_600_000;
/** How soon a session that was ended at one replica is over at the others. */
const REFRESH_MS = 2_000;
const RELOAD_MS = 60_000;
const MAX_USER_AGENT = 300;
/** The browser goes on with the new session: its other pages connect again and read it. */
const REPLACED = 'You signed in again.';

export type SessionService = Pick<Watchers, 'watch' | 'end' | 'ids'> & {
  people: Pick<People, 'get' | 'list'>;
  /**
   * For whom a way of signing in has proved to be `identity`.
   * @throws AppError `sign-in-refused` where the name belongs to somebody else, the person is blocked, or a passkey
   *   alone does not do any more.
   */
  begin(identity: Identity, opening: SessionOpening): Promise<OpenedSession>;
  /**
   * Notes that the person has authenticated again. The new seal is to replace the cookie's: other replicas then know at
   * once.
   */
  confirm(session: SignedIn, way: SignInWay): Promise<OpenedSession>;
  /** Null for a missing, ended, signed-out or forged session, and for a person without access. */
  read(seal: string | null): SignedIn | null;
  /** Why `read` gives null, in words for the person; null where nothing is known. */
  whyOver(seal: string | null): string | null;
  /** Copies of the cookie end too. */
  signOut(session: SignedIn): Promise<void>;
  /** Those that are not over. */
  list(): SessionRow[];
  /** As it is now. */
  roleOf(name: string): Role;
  roleOriginOf(name: string): ReturnType<People['roleOf']>;
  /** Why the person's sessions are refused; null: they are not. */
  lapseText(name: string): string | null;
  /** Why the access tokens of a person are refused; null: they are not. */
  tokenLapse(owner: string): { message: string; hint: string } | null;
  /** When the person must have signed in again, epoch milliseconds; null: nothing is asked. */
  confirmBy(name: string): number | null;
  /** Cycle says so without saying which: everyone of a VPN account must sign in again, within a grace. */
  vpnAccountsChanged(): Promise<void>;
  /** For a sign-in provider that still knows the person: with the role it tells now. */
  vouch(identity: Identity): Promise<void>;
  /** For a sign-in provider that says so: sessions and tokens stop at once, until the person signs in again. */
  personGone(name: string): Promise<void>;
  /** Takes up what the store says now, and ends what it says is over. */
  refresh(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

type Deps = {
  roles: RoleSettings;
  limits: AccessLimits;
  secrets: Secrets;
  db: Kysely<Database>;
  hub: Pick<EventHub, 'publish'>;
  clock: Clock;
  record: RecordActivity;
  logger: Logger;
  lifetimeMs: number;
  idleMs: number;
  newToken?: () => string;
};

export function createSessionService(deps: Deps): SessionService {
  const { db, hub, clock, secrets, record, logger, limits, lifetimeMs } = deps;
  const newToken = deps.newToken ?? (() => randomBytes(24).toString('base64url'));
  const seals = createSeals(secrets);
  const watchers = createWatchers(clock);
  const people = createPeople({ ...deps, onChange: (name) => hub.publish({ type: 'session' }, name) });
  const live = createLiveSessions({
    ...deps,
    onEnd: (id, reason) => watchers.end(id, reason === REPLACED ? null : reason),
  });
  let refreshing: NodeJS.Timeout | undefined;
  let reloadAt = 0;

  const signedIn = (sealed: SealedSession, row: SessionRow): SignedIn => {
    const { id, name, way, csrfToken, expiresAt, providerRole } = sealed;
    const personWay = way === 'passkey' ? 'vpn' : way;
    return {
      id,
      name,
      role: people.roleOf(name, { way: personWay, providerRole }).role,
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
    if (row === null || people.lapseOf(sealed.name, 'session') !== null) return null;
    live.seen(row);
    return signedIn(sealed, row);
  };

  const begin: SessionService['begin'] = async (identity, { address, userAgent, replaces }) => {
    const person = await people.identify(identity);
    const now = clock.now();
    const { name, way, authenticatedAt = now } = identity;
    const sealed: SealedSession = {
      id: newToken(),
      name,
      way,
      providerRole: person.provider_role,
      csrfToken: newToken(),
      createdAt: now,
      confirmedAt: authenticatedAt,
      expiresAt: now + lifetimeMs,
    };
    const row: SessionRow = {
      ...rowOf(sealed),
      address,
      user_agent: userAgent === null ? null : visibleText(userAgent).slice(0, MAX_USER_AGENT),
    };
    const before = replaces === null ? null : seals.open(replaces);
    await live.begin(row);
    if (before !== null) {
      await endReplaced(before.id);
      hub.publish({ type: 'session' }, before.name);
    }
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
      .end([id], REPLACED)
      .catch((error: unknown) => logger.warn({ err: error }, 'the end of a session could not be stored'));

  const sessionLapse = (name: string): string | null => {
    const lapse = people.lapseOf(name, 'session');
    return lapse === null ? null : sessionLapseText(lapse, limits);
  };
  const tokenLapse: SessionService['tokenLapse'] = (owner) => {
    const lapse = people.lapseOf(owner, 'token');
    return lapse === null ? null : tokenLapseText(lapse, owner, limits);
  };
  const endLapsed = (): void =>
    watchers.endWhere(({ name, way }) =>
      way === 'access-token' ? (tokenLapse(name)?.message ?? null) : sessionLapse(name),
    );

  const refresh = async (): Promise<void> => {
    await people.refresh();
    await live.refresh();
    endLapsed();
  };

  const refreshOrReload = async (): Promise<void> => {
    try {
      if (clock.now() < reloadAt) return await refresh();
      await people.reload();
      await live.reload(watchers.ids());
      reloadAt = clock.now() + RELOAD_MS;
    } catch (error) {
      logger.warn({ err: error }, 'the sessions could not be read');
    }
    endLapsed();
  };

  return {
    watch: (session, onEnd) => watchers.watch(session, onEnd),
    end: (id, reason) => watchers.end(id, reason),
    ids: () => watchers.ids(),
    people,
    begin,
    read,
    refresh,
    list: () => live.list(),
    roleOf: (name) => people.roleOf(name).role,
    roleOriginOf: (name) => people.roleOf(name),
    lapseText: sessionLapse,
    whyOver(seal) {
      const sealed = seal === null ? null : seals.open(seal);
      if (sealed === null) return null;
      if (sealed.expiresAt <= clock.now()) return 'Your session has expired.';
      return sessionLapse(sealed.name) ?? live.whyOver(sealed.id);
    },
    tokenLapse,
    confirmBy(name) {
      const since = people.get(name)?.unconfirmed_since ?? null;
      return since === null ? null : since + SESSION_GRACE_MS;
    },
    async vpnAccountsChanged() {
      const doubted = await doubtVpnPeople(db, clock.now());
      if (doubted === 0) return;
      await record({
        actor: null,
        action: 'session.vpn-accounts-changed',
        outcome: 'detected',
        detail: `${doubted} of a VPN account must sign in again: for their sessions within an hour, for their access tokens within ${Math.round(limits.tokenGraceMs / HOUR_MS)} hours.`,
      });
      await refresh();
    },
    async vouch(identity) {
      await people.identify(identity);
    },
    async personGone(name) {
      const at = clock.now();
      await updatePerson(db, name, { gone_at: at, changed_at: at });
      await record({
        actor: null,
        action: 'person.gone',
        subject: { kind: 'person', id: name, name },
        outcome: 'detected',
        detail: 'The sign-in provider no longer knows the account. Sessions and access tokens stopped.',
      });
      await refresh();
    },
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
      refreshing = setInterval(() => void refreshOrReload(), REFRESH_MS).unref();
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
