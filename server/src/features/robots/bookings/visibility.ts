import type { Clock } from '../../../lib/clock.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { RerobotsClient } from '../../../upstream/rerobots/client.ts';
import type { BookingLedger } from './ledger.ts';
import { isOfAnotherAccount } from './waiting.ts';

type Options = {
  ledger: Pick<BookingLedger, 'patch'>;
  client: Pick<RerobotsClient, 'account'>;
  clock: Clock;
};

/** Which bookings the token in use can see, and since when rerobots has not shown the others. */
export function createVisibility({ ledger, client, clock }: Options) {
  let account = client.account();
  const isOther = (row: BookingRow): boolean => isOfAnotherAccount(row, client.account());

  /** What `missing_since` must become, or undefined where it is right. Others than these are set when they are read. */
  const due = (row: BookingRow): number | null | undefined => {
    if (isOther(row)) return row.missing_since === null ? clock.now() : undefined;
    const waits = row.state === 'queued' || row.state === 'requested';
    return waits && row.missing_since !== null ? null : undefined;
  };

  return {
    isOfAnotherAccount: isOther,

    /** True once after each change of the account whose token is in use. */
    accountChanged(): boolean {
      const before = account;
      account = client.account();
      return account !== before;
    },

    isOutdated: (row: BookingRow): boolean => due(row) !== undefined,

    update: async (row: BookingRow): Promise<BookingRow> => {
      const since = due(row);
      return since === undefined ? row : ledger.patch(row, { missing_since: since });
    },

    /** Stores that a token of the account `readAs` sees its instance. */
    async shown(row: BookingRow, readAs: string | null): Promise<BookingRow> {
      const seenBy = readAs ?? row.account;
      if (row.missing_since === null && row.account === seenBy) return row;
      return ledger.patch(row, { missing_since: null, account: seenBy });
    },
  };
}
