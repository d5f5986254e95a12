import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import { isStoreUnavailable } from '../../lib/errors.ts';
import type { Identity } from '../../lib/person.ts';
import type { ChangeOnRecord } from '../../store/on-record.ts';
import { doubtVpnPeople, updatePerson } from '../../store/people.ts';
import type { Database } from '../../store/schema.ts';
import type { People } from './people.ts';
import type { AccessLimits } from './rules.ts';

const HOUR_MS = 3_600_000;

/** What Cycle and the sign-in provider tell of people's accounts while they are signed in. */
export type AccountChanges = {
  /**
   * Cycle says so without saying which: everyone of a VPN account must sign in again, within a grace. Where the store
   * can't be used, `retry` does it later.
   */
  vpnAccountsChanged(): Promise<void>;
  retry(): Promise<void>;
  /** For a sign-in provider that still knows the person: with the role it tells now. */
  vouch(identity: Identity): Promise<void>;
  /**
   * For a sign-in provider that says so: sessions and tokens stop at once, until the person signs in again. Nothing
   * happens where `isStill`, asked within the same transaction, says that they have signed in meanwhile.
   */
  personGone(name: string, isStill: (within: Kysely<Database>) => Promise<boolean>): Promise<void>;
};

type Deps = {
  clock: Clock;
  changeOnRecord: ChangeOnRecord;
  people: Pick<People, 'identify' | 'know'>;
  limits: Pick<AccessLimits, 'tokenGraceMs'>;
  refresh: () => Promise<void>;
};

export function createAccountChanges({
  clock,
  changeOnRecord,
  people,
  limits,
  refresh,
}: Deps): AccountChanges {
  let unstoredAt: number | null = null;

  const doubt = async (at: number): Promise<void> => {
    await changeOnRecord(async (within, tell) => {
      const doubted = await doubtVpnPeople(within, at);
      if (doubted === 0) return;
      tell({
        actor: null,
        action: 'session.vpn-accounts-changed',
        outcome: 'detected',
        detail: `${doubted} of a VPN account must sign in again: for their sessions within an hour, for their access tokens within ${Math.round(limits.tokenGraceMs / HOUR_MS)} hours.`,
      });
    });
    await refresh();
  };

  return {
    async vpnAccountsChanged() {
      const at = clock.now();
      try {
        await doubt(at);
      } catch (error) {
        if (!isStoreUnavailable(error)) throw error;
        unstoredAt = at;
      }
    },
    async retry() {
      if (unstoredAt === null) return;
      await doubt(unstoredAt);
      unstoredAt = null;
    },
    async vouch(identity) {
      people.know(await changeOnRecord((within, tell) => people.identify(identity, within, tell)));
    },
    async personGone(name, isStill) {
      await changeOnRecord(async (within, tell) => {
        if (!(await isStill(within))) return;
        const at = clock.now();
        await updatePerson(within, name, { gone_at: at, changed_at: at });
        tell({
          actor: null,
          action: 'person.gone',
          subject: { kind: 'person', id: name, name },
          outcome: 'detected',
          detail: 'The sign-in provider no longer knows the account. Sessions and access tokens stopped.',
        });
      });
      await refresh();
    },
  };
}
