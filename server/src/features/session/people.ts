import type { Role } from '@cyclorama/shared/common.ts';
import type { PersonWay } from '@cyclorama/shared/session.ts';
import type { Kysely } from 'kysely';

import type { ActivityNote } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Identity } from '../../lib/person.ts';
import {
  allPeople,
  insertPersonIfAbsent,
  peopleChangedSince,
  personByName,
  updatePerson,
} from '../../store/people.ts';
import type { PersonRow } from '../../store/people.ts';
import type { Database } from '../../store/schema.ts';
import { SKEW_MS } from './live-sessions.ts';
import { lapseOf, nameRefusal, roleOf, sessionLapseText } from './rules.ts';
import type { AccessLimits, Lapse, RoleSettings } from './rules.ts';

/** The people table in memory, so that a role is known without waiting. */
export type People = {
  get(name: string): PersonRow | null;
  list(): PersonRow[];
  /** `otherwise` is what a session says of somebody another replica has just met. */
  roleOf(name: string, otherwise?: { way: PersonWay; providerRole: Role | null }): ReturnType<typeof roleOf>;
  lapseOf(name: string, by: 'session' | 'token'): Lapse | null;
  /**
   * Stores that the way of signing in vouches for the person, and tells of a role the provider changed; `know` is to
   * follow once that is committed.
   * @throws AppError `sign-in-refused` where the name belongs to somebody else, the person is blocked, or a passkey
   *   alone does not do any more.
   */
  identify(
    identity: Identity,
    within: Kysely<Database>,
    tell: (note: ActivityNote) => void,
  ): Promise<PersonRow>;
  know(row: PersonRow): void;
  /** Once their row is deleted; other replicas see it at their next `reload`. */
  forget(name: string): void;
  /** As `identify` and `know` for when the store can't be used: kept in memory until the next `reload` that can. */
  keep(identity: Identity): PersonRow;
  refresh(): Promise<void>;
  reload(): Promise<void>;
};

type Deps = {
  db: Kysely<Database>;
  clock: Clock;
  roles: RoleSettings;
  limits: AccessLimits;
  /** Their role or access may have changed. */
  onChange: (name: string) => void;
};

export function createPeople({ db, clock, roles, limits, onChange }: Deps): People {
  const rows = new Map<string, PersonRow>();
  /** Vouched for while the store could not be used. */
  const unsaved = new Set<string>();
  let readAt = 0;

  const note = (row: PersonRow): void => {
    const before = rows.get(row.name);
    rows.set(row.name, row);
    if (before !== undefined && ACCESS.some((column) => before[column] !== row[column])) onChange(row.name);
  };

  const save = async (row: PersonRow, within: Kysely<Database>): Promise<PersonRow> => {
    const stored = await insertPersonIfAbsent(within, row);
    if (stored.way !== row.way || stored.subject !== row.subject) return stored;
    const vouched = {
      provider_role: row.provider_role,
      confirmed_at: Math.max(row.confirmed_at, stored.confirmed_at),
      unconfirmed_since: null,
      gone_at: null,
      changed_at: row.changed_at,
    };
    await updatePerson(within, row.name, vouched);
    return { ...stored, ...vouched };
  };

  const refuseUnlessTheirs = (identity: Identity, row: PersonRow | null): void => {
    const why = nameRefusal(identity, row, [...roles.admins, ...roles.operators]);
    if (why !== null) {
      throw new AppError('sign-in-refused', `${why} You are not signed in.`, {
        hint: 'Sign in the way this name belongs to, or ask an admin.',
      });
    }
    if (row === null) return;
    const lapse = lapseOf(row, 'session', { ...limits, now: clock.now() });
    if (lapse === 'blocked') {
      throw new AppError('sign-in-refused', sessionLapseText(lapse, limits), {
        hint: 'Ask an admin to unblock you.',
      });
    }
    // A passkey proves who it is, not that the account it stands for still exists.
    if (lapse !== null && identity.way === 'passkey') {
      throw new AppError(
        'sign-in-refused',
        `${sessionLapseText(lapse, limits)} A passkey can’t confirm it.`,
        {
          hint: 'Sign in with your account this once; then the passkey works again.',
        },
      );
    }
  };

  /** As it is to be stored; null for a passkey, which vouches for nothing. */
  const vouchedFor = (
    { name, way, subject = null, role = null }: Identity,
    known: PersonRow | null,
  ): PersonRow | null => {
    if (way === 'passkey') return null;
    const now = clock.now();
    return {
      ...(known ?? { ...NEW_PERSON, name, way, subject, created_at: now }),
      provider_role: role,
      confirmed_at: now,
      unconfirmed_since: null,
      gone_at: null,
      changed_at: now,
    };
  };

  const met = (identity: Identity, known: PersonRow | null): PersonRow => {
    refuseUnlessTheirs(identity, known);
    return vouchedFor(identity, known) ?? (known as PersonRow);
  };

  return {
    get: (name) => rows.get(name) ?? null,
    list: () => [...rows.values()],
    roleOf(name, { way, providerRole } = { way: 'vpn', providerRole: null }) {
      return roleOf(name, rows.get(name) ?? { way, provider_role: providerRole, role: null }, roles);
    },
    lapseOf(name, by) {
      const row = rows.get(name);
      return row === undefined ? null : lapseOf(row, by, { ...limits, now: clock.now() });
    },
    async identify(identity, within, tell) {
      const { name, way } = identity;
      const before = await personByName(within, name);
      const row = met(identity, before);
      if (way === 'passkey') return row;
      const stored = await save(row, within);
      refuseUnlessTheirs(identity, stored);
      const [role, given] = [before ?? stored, stored].map((each) => roleOf(name, each, roles).role);
      if (role !== given) {
        tell({
          actor: null,
          action: 'person.role',
          subject: { kind: 'person', id: name, name },
          outcome: 'done',
          before: role,
          after: given,
          detail: 'By their groups at the sign-in provider.',
        });
      }
      return stored;
    },
    know: note,
    forget: (name) => void rows.delete(name),
    keep(identity) {
      const row = met(identity, rows.get(identity.name) ?? null);
      unsaved.add(row.name);
      note(row);
      return row;
    },
    async refresh() {
      const startedAt = clock.now();
      for (const row of await peopleChangedSince(db, readAt - SKEW_MS)) if (!unsaved.has(row.name)) note(row);
      readAt = startedAt;
    },
    async reload() {
      const startedAt = clock.now();
      for (const name of unsaved) {
        const row = rows.get(name);
        if (row !== undefined) await save(row, db);
        unsaved.delete(name);
      }
      const stored = await allPeople(db);
      for (const row of stored) note(row);
      const names = new Set(stored.map(({ name }) => name));
      for (const name of rows.keys()) if (!names.has(name) && !unsaved.has(name)) rows.delete(name);
      readAt = startedAt;
    },
  };
}

const ACCESS = ['role', 'provider_role', 'blocked_at', 'gone_at', 'unconfirmed_since'] as const;

const NEW_PERSON = {
  role: null,
  role_set_by: null,
  role_set_at: null,
  blocked_at: null,
  blocked_by: null,
} as const;
