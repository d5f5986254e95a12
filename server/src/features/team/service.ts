import type { AccessToken } from '@cyclorama/shared/access-tokens.ts';
import type { Role } from '@cyclorama/shared/common.ts';
import {
  blockRefusal,
  endRefusal,
  freeNameRefusal,
  roleChangeRefusal,
} from '@cyclorama/shared/rules/team.ts';
import type { OwnSessionsResponse, RoleFrom, TeamPerson, TeamResponse } from '@cyclorama/shared/team.ts';
import type { Kysely } from 'kysely';

import type { ActivityNote } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Person } from '../../lib/person.ts';
import { refuseIf } from '../../lib/refuse.ts';
import type { ChangeOnRecord } from '../../store/on-record.ts';
import type { PersonRow } from '../../store/people.ts';
import { deletePerson, lockAdmins, personByName, updatePerson } from '../../store/people.ts';
import type { Database } from '../../store/schema.ts';
import { endStoredSessions, endStoredSessionsOf, lastSeenByPerson } from '../../store/sessions.ts';
import type { SessionRow } from '../../store/sessions.ts';
import { presentPersonSession, presentTeamPerson } from './presenter.ts';

/** What the features of sessions and access tokens know of people. */
export type TeamNeeds = {
  sessions: {
    people: { get(name: string): PersonRow | null; list(): PersonRow[]; forget(name: string): void };
    list(): SessionRow[];
    roleOriginOf(name: string): { role: Role; from: RoleFrom };
    lapseText(name: string): string | null;
    /** Takes up what the store says now, and ends what it says is over. */
    refresh(): Promise<void>;
  };
  accessTokens: {
    listAll(): Promise<{ owner: string; token: AccessToken }[]>;
    revokeOf(owner: string, id: string, person: Person): Promise<void>;
    /** Returns how many there were, and what is to follow once that is committed. */
    deleteAllOf(owner: string, within: Kysely<Database>): Promise<{ count: number; done: () => void }>;
  };
};

export type TeamService = {
  list(person: Person, sessionId: string): Promise<TeamResponse>;
  ownSessions(person: Person, sessionId: string): OwnSessionsResponse;
  setRole(name: string, role: Role, person: Person): Promise<void>;
  block(name: string, person: Person): Promise<void>;
  unblock(name: string, person: Person): Promise<void>;
  /** Forgets whose the name is, with all that lets them in; what they did and hold stays under the name. */
  freeName(name: string, person: Person): Promise<void>;
  /** Of one's own or, for admins, of anyone. */
  endSession(owner: string, id: string, person: Person): Promise<void>;
  endOtherSessions(person: Person, sessionId: string): Promise<void>;
  revokeToken(owner: string, id: string, person: Person): Promise<void>;
};

type Deps = TeamNeeds & { db: Kysely<Database>; clock: Clock; changeOnRecord: ChangeOnRecord };

export function createTeamService({ db, clock, changeOnRecord, sessions, accessTokens }: Deps): TeamService {
  const known = (name: string): PersonRow => {
    const row = sessions.people.get(name);
    if (row === null) throw new AppError('not-found', `Nobody called “${name}” has signed in here.`);
    return row;
  };
  const memberOf = (row: PersonRow) => {
    const { role, from } = sessions.roleOriginOf(row.name);
    return { name: row.name, way: row.way, role, roleFrom: from, isBlocked: row.blocked_at !== null };
  };
  const change = async (
    note: Omit<ActivityNote, 'outcome'>,
    work: (within: Kysely<Database>, now: number) => Promise<unknown>,
  ): Promise<void> => {
    await changeOnRecord(async (within, tell) => {
      await work(within, clock.now());
      tell({ ...note, outcome: 'done' });
    });
    await sessions.refresh();
  };
  const on = (name: string) => ({ kind: 'person', id: name, name });
  const idsOf = (name: string): string[] =>
    sessions
      .list()
      .filter((row) => row.person === name)
      .map(({ id }) => id);

  return {
    async list(person, currentId) {
      const isAdmin = person.role === 'admin';
      const [tokens, lastSeen] = await Promise.all([accessTokens.listAll(), lastSeenByPerson(db)]);
      const running = sessions.list();
      const people = sessions.people.list().map((row): TeamPerson => {
        const { name } = row;
        const { role, from: roleFrom } = sessions.roleOriginOf(name);
        const own = running.filter((session) => session.person === name);
        const withPlace = isAdmin || name === person.name;
        return presentTeamPerson(row, {
          role,
          roleFrom,
          lapse: row.blocked_at === null ? sessions.lapseText(name) : null,
          sessions: own.map((session) => presentPersonSession(session, { currentId, withPlace })),
          tokens: tokens.filter(({ owner }) => owner === name).map(({ token }) => token),
          lastSeenAt: Math.max(
            row.confirmed_at,
            lastSeen.get(name) ?? 0,
            ...own.map((session) => session.last_seen_at),
          ),
        });
      });
      return { people: people.toSorted((a, b) => a.name.localeCompare(b.name, 'en')) };
    },

    ownSessions(person, currentId) {
      const own = sessions.list().filter((row) => row.person === person.name);
      return {
        sessions: own
          .toSorted((a, b) => b.last_seen_at - a.last_seen_at)
          .map((row) => presentPersonSession(row, { currentId, withPlace: true })),
      };
    },

    async setRole(name, role, person) {
      const member = memberOf(known(name));
      const refuse = (): void =>
        refuseIf(roleChangeRefusal(member, person, sessions.people.list().map(memberOf), role));
      refuse();
      if (member.role === role && member.roleFrom === 'team') return;
      await change(
        { actor: person.name, action: 'person.role', subject: on(name), before: member.role, after: role },
        async (within, now) => {
          // Two admins who take each other's role at once must not both succeed.
          await lockAdmins(within);
          const self = await personByName(within, person.name);
          if (self?.role !== sessions.people.get(person.name)?.role) {
            throw new AppError('conflict', 'Your own role was changed meanwhile. Nothing was changed.');
          }
          await updatePerson(within, name, {
            role,
            role_set_by: person.name,
            role_set_at: now,
            changed_at: now,
          });
        },
      );
    },

    async block(name, person) {
      const row = known(name);
      refuseIf(blockRefusal(row, person));
      if (row.blocked_at !== null) return;
      await change(
        {
          actor: person.name,
          action: 'person.block',
          subject: on(name),
          detail: 'Sessions ended; access tokens are refused.',
        },
        async (within, now) => {
          await updatePerson(within, name, { blocked_at: now, blocked_by: person.name, changed_at: now });
          const reason = 'An admin has blocked your access.';
          await endStoredSessions(within, idsOf(name), { at: now, reason });
        },
      );
    },

    async unblock(name, person) {
      const row = known(name);
      refuseIf(blockRefusal(row, person));
      if (row.blocked_at === null) return;
      await change(
        { actor: person.name, action: 'person.unblock', subject: on(name), detail: 'Can sign in again.' },
        (within, now) => updatePerson(within, name, { blocked_at: null, blocked_by: null, changed_at: now }),
      );
    },

    async freeName(name, person) {
      refuseIf(freeNameRefusal(memberOf(known(name)), person));
      const forgetTokens = await changeOnRecord(async (within, tell) => {
        const { count, done } = await accessTokens.deleteAllOf(name, within);
        const reason = 'An admin freed your name for another account.';
        await endStoredSessionsOf(within, name, { at: clock.now(), reason });
        const { way, passkeys } = await deletePerson(within, name);
        tell({
          actor: person.name,
          action: 'person.free-name',
          subject: on(name),
          outcome: 'done',
          before: way,
          detail: `Sessions ended. Removed: access tokens ${count}, passkeys ${passkeys}.`,
        });
        return done;
      });
      forgetTokens();
      sessions.people.forget(name);
      await sessions.refresh();
    },

    async endSession(owner, id, person) {
      refuseIf(endRefusal(owner, person));
      if (!idsOf(owner).includes(id)) throw new AppError('not-found', 'This session has ended already.');
      const isOwn = owner === person.name;
      await change(
        { actor: person.name, action: 'session.end', subject: on(owner), detail: 'One session.' },
        (within, at) =>
          endStoredSessions(within, [id], {
            at,
            reason: isOwn ? 'You ended this session.' : 'An admin ended your session.',
          }),
      );
    },

    async endOtherSessions(person, sessionId) {
      const others = idsOf(person.name).filter((id) => id !== sessionId);
      if (others.length === 0) return;
      const count = others.length === 1 ? 'One session.' : `${others.length} sessions.`;
      await change(
        { actor: person.name, action: 'session.end', subject: on(person.name), detail: count },
        (within, at) => endStoredSessions(within, others, { at, reason: 'You ended this session.' }),
      );
    },

    async revokeToken(owner, id, person) {
      refuseIf(endRefusal(owner, person));
      await accessTokens.revokeOf(owner, id, person);
    },
  };
}
