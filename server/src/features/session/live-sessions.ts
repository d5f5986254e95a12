import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { Database } from '../../store/schema.ts';
import {
  confirmStoredSession,
  deleteExpiredSessions,
  endStoredSessions,
  insertSession,
  sessionsChangedSince,
  sessionsUntilExpiry,
  touchSessions,
} from '../../store/sessions.ts';
import type { SessionEnd, SessionRow } from '../../store/sessions.ts';

/** How far the clocks of replicas may differ. */
export const SKEW_MS = 60_000;
/** How long past its end a session says when its person was last seen. */
const KEPT_MS = 90 * 86_400_000;

/**
 * The sessions table in memory, so that reading a session waits for nothing. What other replicas wrote is taken up by
 * `refresh`. What `begin` and `end` are told is not stored yet, the next `reload` stores.
 */
export type LiveSessions = {
  /**
   * Null where it has ended, was not used for too long, or is unknown although it was there when all were last read. An
   * unknown younger one was begun by another replica: `otherwise` stands for it.
   */
  find(otherwise: SessionRow): SessionRow | null;
  /** Null where it is over or unknown. */
  get(id: string): SessionRow | null;
  /** Why it is over, in words for its person; null where nothing is known of it. */
  whyOver(id: string): string | null;
  /** All that are not over. */
  list(): SessionRow[];
  seen(row: SessionRow): void;
  begin(row: SessionRow, isStored: boolean): void;
  end(id: string, how: SessionEnd, isStored: boolean): void;
  confirm(row: SessionRow): Promise<void>;
  refresh(): Promise<void>;
  reload(inUse: Iterable<string>): Promise<void>;
};

type Deps = {
  db: Kysely<Database>;
  clock: Clock;
  idleMs: number;
  onEnd: (id: string, reason: string) => void;
};

export function createLiveSessions({ db, clock, idleMs, onEnd }: Deps): LiveSessions {
  const rows = new Map<string, SessionRow>();
  const unsaved = new Set<string>();
  const unsavedEnds = new Map<string, SessionEnd>();
  const touched = new Set<string>();
  let readAt = 0;
  let reloadedAt = 0;

  const note = (row: SessionRow): void => {
    const before = rows.get(row.id);
    const merged =
      before === undefined
        ? row
        : {
            ...row,
            last_seen_at: Math.max(row.last_seen_at, before.last_seen_at),
            confirmed_at: Math.max(row.confirmed_at, before.confirmed_at),
            ended_at: row.ended_at ?? before.ended_at,
            end_reason: row.end_reason ?? before.end_reason,
          };
    rows.set(row.id, merged);
    if (merged.ended_at !== null && before?.ended_at === null) {
      onEnd(row.id, merged.end_reason ?? 'Your session was ended.');
    }
  };
  const isOver = (row: SessionRow): boolean =>
    row.ended_at !== null || Math.min(row.expires_at, row.last_seen_at + idleMs) <= clock.now();

  const running = (id: string): SessionRow | null => {
    const row = rows.get(id);
    return row === undefined || isOver(row) ? null : row;
  };
  const seen = (row: SessionRow): void => {
    row.last_seen_at = clock.now();
    touched.add(row.id);
  };

  return {
    find(otherwise) {
      const known = rows.get(otherwise.id);
      if (known !== undefined) return isOver(known) ? null : known;
      if (otherwise.created_at < reloadedAt - SKEW_MS) return null;
      rows.set(otherwise.id, otherwise);
      return otherwise;
    },
    get: running,
    list: () => [...rows.values()].filter((row) => !isOver(row)),
    whyOver(id) {
      const row = rows.get(id);
      if (row === undefined) return null;
      if (row.ended_at !== null) return row.end_reason;
      return row.last_seen_at + idleMs <= clock.now()
        ? `Your session was not used for ${hours(idleMs)}.`
        : null;
    },
    seen,
    begin(row, isStored) {
      rows.set(row.id, row);
      if (!isStored) unsaved.add(row.id);
    },
    end(id, how, isStored) {
      const row = rows.get(id);
      if (row !== undefined)
        note({ ...row, ended_at: row.ended_at ?? how.at, end_reason: row.end_reason ?? how.reason });
      if (!isStored) unsavedEnds.set(id, how);
    },
    async confirm(row) {
      row.confirmed_at = clock.now();
      await confirmStoredSession(db, row.id, row.confirmed_at);
    },
    async refresh() {
      const startedAt = clock.now();
      for (const row of await sessionsChangedSince(db, readAt - SKEW_MS)) note(row);
      readAt = startedAt;
    },
    async reload(inUse) {
      const startedAt = clock.now();
      for (const id of inUse) {
        const row = running(id);
        if (row !== null) seen(row);
      }
      for (const id of unsaved) {
        const row = rows.get(id);
        if (row !== undefined) await insertSession(db, row);
        unsaved.delete(id);
      }
      for (const [id, how] of unsavedEnds) {
        await endStoredSessions(db, [id], how);
        unsavedEnds.delete(id);
      }
      const ids = [...touched];
      touched.clear();
      await touchSessions(db, ids, startedAt);
      await deleteExpiredSessions(db, startedAt - KEPT_MS);
      const stored = new Set<string>();
      for (const row of await sessionsUntilExpiry(db, startedAt)) {
        note(row);
        stored.add(row.id);
      }
      for (const [id, { created_at: createdAt }] of rows) {
        if (stored.has(id) || unsaved.has(id) || createdAt >= startedAt - SKEW_MS) continue;
        rows.delete(id);
        onEnd(id, 'Your session was ended.');
      }
      reloadedAt = startedAt;
      readAt = startedAt;
    },
  };
}

function hours(ms: number): string {
  const count = Math.round(ms / 3_600_000);
  return count === 1 ? 'an hour' : `${count} hours`;
}
