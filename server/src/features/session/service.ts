import { randomBytes } from 'node:crypto';

import { isPasskeyRequired } from '@cyclorama/shared/rules/passkeys.ts';
import type { Kysely } from 'kysely';

import type { ActivityNote } from '../../lib/activity-note.ts';
import { AppError } from '../../lib/errors.ts';
import type { OpenedSession, SignedIn } from '../../lib/person.ts';
import { visibleText } from '../../lib/visible-text.ts';
import type { PersonRow } from '../../store/people.ts';
import type { Database } from '../../store/schema.ts';
import { endStoredSessions, insertSession } from '../../store/sessions.ts';
import type { SessionRow } from '../../store/sessions.ts';
import { createAccountChanges } from './account-changes.ts';
import { createLiveSessions } from './live-sessions.ts';
import { createPutOnRecord } from './on-record.ts';
import { createPeople } from './people.ts';
import { noAccessText, SESSION_GRACE_MS, sessionLapseText, tokenLapseText } from './rules.ts';
import { createSeals, sessionRowOf } from './seals.ts';
import type { SealedSession } from './seals.ts';
import type { SessionDeps, SessionService } from './service.types.ts';
import { createWatchers } from './watchers.ts';

/** How soon a session that was ended at one replica is over at the others. */
const REFRESH_MS = 2_000;
const RELOAD_MS = 60_000;
const MAX_USER_AGENT = 300;
/** The browser goes on with the new session: its other pages connect again and read it. */
const REPLACED = 'You signed in again.';

export function createSessionService(deps: SessionDeps): SessionService {
  const { hub, clock, secrets, logger, limits, lifetimeMs } = deps;
  const newToken = deps.newToken ?? (() => randomBytes(24).toString('base64url'));
  const putOnRecord = createPutOnRecord(deps);
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
    const { id, name, way, csrfToken, expiresAt, providerRole, withPasskey } = sealed;
    const personWay = way === 'passkey' ? 'vpn' : way;
    const { role } = people.roleOf(name, { way: personWay, providerRole });
    return {
      id,
      name,
      role,
      way,
      withPasskey,
      passkeyNeeded: !withPasskey && isPasskeyRequired(deps.passkeysRequired, { role, way }),
      csrfToken,
      expiresAt,
      confirmedAt: Math.max(sealed.confirmedAt, row.confirmed_at),
    };
  };

  const read = (seal: string | null): SignedIn | null => {
    const sealed = seal === null ? null : seals.open(seal);
    if (sealed === null || sealed.expiresAt <= clock.now()) return null;
    const row = live.find(sessionRowOf(sealed));
    if (row === null || people.lapseOf(sealed.name, 'session') !== null) return null;
    live.seen(row);
    return signedIn(sealed, row);
  };

  const sealedAs = (
    row: SessionRow,
    csrfToken: string,
    { person, withPasskey }: { person: PersonRow | null; withPasskey: boolean },
  ): OpenedSession => {
    const { id, person: name, way, created_at: createdAt, confirmed_at: confirmedAt } = row;
    const providerRole = person?.provider_role ?? null;
    const expiresAt = row.expires_at;
    const sealed = { id, name, way, providerRole, csrfToken, createdAt, confirmedAt, expiresAt, withPasskey };
    return { seal: seals.close(sealed), session: signedIn(sealed, row) };
  };

  const begin: SessionService['begin'] = async (identity, { address, userAgent, replaces }, alongside) => {
    const { name, way } = identity;
    const now = clock.now();
    const row: SessionRow = {
      ...sessionRowOf({
        id: newToken(),
        name,
        way,
        createdAt: now,
        confirmedAt: identity.authenticatedAt ?? now,
        expiresAt: now + lifetimeMs,
      }),
      address,
      user_agent: userAgent === null ? null : visibleText(userAgent).slice(0, MAX_USER_AGENT),
    };
    const before = replaces === null ? null : seals.open(replaces);
    const ended = { at: now, reason: REPLACED };
    const note: ActivityNote = {
      actor: name,
      action: 'session.sign-in',
      outcome: 'done',
      way: { kind: way, id: row.id },
    };
    let person: PersonRow | undefined;
    const store = async (within: Kysely<Database>, tell: (note: ActivityNote) => void): Promise<void> => {
      person = await people.identify(identity, within, tell);
      await insertSession(within, row);
      if (before !== null) await endStoredSessions(within, [before.id], ended);
      await alongside?.(within);
    };
    const isStored = await putOnRecord(note, store, way === 'break-glass');
    if (isStored && person !== undefined) people.know(person);
    else person = people.keep(identity);
    live.begin(row, isStored);
    if (before !== null) {
      live.end(before.id, ended, isStored);
      hub.publish({ type: 'session' }, before.name);
    }
    return sealedAs(row, newToken(), { person, withPasskey: identity.withPasskey === true });
  };

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

  const accountChanges = createAccountChanges({ ...deps, people, refresh });

  const refreshOrReload = async (): Promise<void> => {
    try {
      if (clock.now() < reloadAt) return await refresh();
      await accountChanges.retry();
      await people.reload();
      await live.reload(watchers.ids());
      reloadAt = clock.now() + RELOAD_MS;
    } catch (error) {
      logger.warn({ err: error }, 'the sessions could not be read');
    }
    endLapsed();
  };

  deps.storeHealth.onChange((fault) => {
    if (fault !== null) return;
    reloadAt = 0;
    void refreshOrReload();
  });

  return {
    watch: (session, onEnd) => watchers.watch(session, onEnd),
    end: (id, reason) => watchers.end(id, reason),
    ids: () => watchers.ids(),
    people,
    accountChanges,
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
    noAccess: (name) => noAccessText(people.lapseOf(name, 'session')),
    tokenLapse,
    confirmBy(name) {
      const since = people.get(name)?.unconfirmed_since ?? null;
      return since === null ? null : since + SESSION_GRACE_MS;
    },
    async confirm({ id, name, csrfToken, withPasskey }, way) {
      const row = live.get(id);
      if (row === null) throw new AppError('unauthenticated', 'Your session has ended.');
      const person = people.get(name);
      if (person?.way === way) {
        await accountChanges.vouch({ name, way, subject: person.subject, role: person.provider_role });
      }
      await live.confirm(row);
      return sealedAs(row, csrfToken, { person, withPasskey: withPasskey || way === 'passkey' });
    },
    async signOut({ id, name }) {
      const how = { at: clock.now(), reason: 'You signed out.' };
      const note = { actor: name, action: 'session.sign-out', outcome: 'done' } as const;
      const isStored = await putOnRecord(note, (within) => endStoredSessions(within, [id], how), true);
      live.end(id, how, isStored);
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
