import type { Role } from '@cyclorama/shared/common.ts';
import type { PersonWay } from '@cyclorama/shared/session.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Identity } from '../../lib/person.ts';
import { allPeople, insertPersonIfAbsent, peopleChangedSince, updatePerson } from '../../store/people.ts';
import type { PersonRow } from '../../store/people.ts';
import type { Database } from '../../store/schema.ts';
import { SKEW_MS } from './live-sessions.ts';
import { nameRefusal } from './rules.ts';

/** The people table in memory, so that a role is known without waiting. */
export type People = {
  get(name: string): PersonRow | null;
  list(): PersonRow[];
  /** `otherwise` is what a session says of somebody another replica has just met. */
  roleOf(name: string, otherwise?: { way: PersonWay; providerRole: Role | null }): Role;
  /**
   * Notes that the way of signing in vouches for the person, whom it remembers.
   * @throws AppError `sign-in-refused` where the name belongs to somebody else, or the person is blocked.
   */
  identify(identity: Identity): Promise<PersonRow>;
  refresh(): Promise<void>;
  reload(): Promise<void>;
};

type Deps = {
  db: Kysely<Database>;
  clock: Clock;
  logger: Logger;
  admins: readonly string[];
  operators: readonly string[];
};

export function createPeople({ db, clock, logger, admins, operators }: Deps): People {
  const rows = new Map<string, PersonRow>();
  /** Met, or vouched for, while the store could not be used. */
  const unsaved = new Set<string>();
  let readAt = 0;

  const save = async (row: PersonRow): Promise<PersonRow> => {
    const stored = await insertPersonIfAbsent(db, row);
    if (stored.way !== row.way || stored.subject !== row.subject) return stored;
    const vouched = {
      provider_role: row.provider_role,
      confirmed_at: Math.max(row.confirmed_at, stored.confirmed_at),
      unconfirmed_since: null,
      gone_at: null,
      changed_at: row.changed_at,
    };
    await updatePerson(db, row.name, vouched);
    return { ...stored, ...vouched };
  };

  const identify: People['identify'] = async (identity) => {
    const { name, way, subject = null, role = null } = identity;
    const known = rows.get(name) ?? null;
    const refuseUnlessTheirs = (row: PersonRow | null): void => {
      const why = nameRefusal(identity, row, [...admins, ...operators]);
      if (why !== null) {
        throw new AppError('sign-in-refused', `${why} You are not signed in.`, {
          hint: 'Sign in the way this name belongs to, or ask an administrator.',
        });
      }
      if (row !== null && row.blocked_at !== null) {
        throw new AppError('sign-in-refused', 'An administrator has blocked your access.', {
          hint: 'Ask an administrator to unblock you.',
        });
      }
    };
    refuseUnlessTheirs(known);
    // A passkey proves who it is, not that the account it stands for still exists.
    if (way === 'passkey') return known as PersonRow;
    const now = clock.now();
    const vouched = { confirmed_at: now, changed_at: now, provider_role: role };
    const met: PersonRow = {
      ...(known ?? { ...newPerson, name, way, subject, created_at: now }),
      ...vouched,
      unconfirmed_since: null,
      gone_at: null,
    };
    let stored = met;
    try {
      stored = await save(met);
    } catch (error) {
      unsaved.add(name);
      logger.warn(
        { err: error },
        'a person who signed in could not be stored; kept in memory until it can be',
      );
    }
    refuseUnlessTheirs(stored);
    rows.set(name, stored);
    return stored;
  };

  return {
    get: (name) => rows.get(name) ?? null,
    list: () => [...rows.values()],
    roleOf(name, otherwise) {
      const row = rows.get(name);
      if ((row?.way ?? otherwise?.way ?? 'vpn') === 'vpn') {
        if (admins.includes(name)) return 'admin';
        if (operators.includes(name)) return 'operator';
      }
      return row?.provider_role ?? row?.role ?? otherwise?.providerRole ?? 'viewer';
    },
    identify,
    async refresh() {
      const startedAt = clock.now();
      for (const row of await peopleChangedSince(db, readAt - SKEW_MS)) {
        if (!unsaved.has(row.name)) rows.set(row.name, row);
      }
      readAt = startedAt;
    },
    async reload() {
      const startedAt = clock.now();
      for (const name of unsaved) {
        const row = rows.get(name);
        if (row !== undefined) await save(row);
        unsaved.delete(name);
      }
      rows.clear();
      for (const row of await allPeople(db)) rows.set(row.name, row);
      readAt = startedAt;
    },
  };
}

const newPerson = {
  role: null,
  role_set_by: null,
  role_set_at: null,
  blocked_at: null,
  blocked_by: null,
} as const;
