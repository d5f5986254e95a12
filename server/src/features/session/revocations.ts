import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { Database } from '../../store/schema.ts';
import { deleteSettings, settingsUnder, writeSetting } from '../../store/settings.ts';

const PREFIX = 'session.revoked.';

/** Ids of sessions signed out early, kept until the session would have expired. */
export type Revocations = {
  has(id: string): boolean;
  add(id: string, expiresAt: number): Promise<void>;
  /** Another replica may have written to the store. Also drops expired ids. */
  refresh(): Promise<void>;
};

/** `onRevoked` is called once per id, whichever replica revoked it. */
export function createRevocations(
  db: Kysely<Database>,
  clock: Clock,
  onRevoked: (id: string) => void,
): Revocations {
  const revoked = new Map<string, number>();
  const note = (id: string, expiresAt: number): void => {
    if (revoked.has(id)) return;
    revoked.set(id, expiresAt);
    onRevoked(id);
  };
  return {
    has: (id) => revoked.has(id),
    async add(id, expiresAt) {
      note(id, expiresAt);
      await writeSetting(db, `${PREFIX}${id}`, String(expiresAt));
    },
    async refresh() {
      const rows = await settingsUnder(db, PREFIX);
      const ended = rows.filter(({ value }) => Number(value) <= clock.now());
      for (const { key, value } of rows) note(key.slice(PREFIX.length), Number(value));
      for (const [id, expiresAt] of revoked) if (expiresAt <= clock.now()) revoked.delete(id);
      await deleteSettings(
        db,
        ended.map(({ key }) => key),
      );
    },
  };
}
