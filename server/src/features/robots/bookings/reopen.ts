import type { Kysely } from 'kysely';

import { UpstreamError } from '../../../lib/errors.ts';
import { endedBookingsOf, ownedUpstreamIds } from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { Database } from '../../../store/schema.ts';
import type { InstanceStatus, RerobotsClient } from '../../../upstream/rerobots/client.ts';
import type { BookingLedger } from './ledger.ts';
import type { Lists } from './lists/lists.ts';

type Options = {
  db: Kysely<Database>;
  ledger: BookingLedger;
  client: RerobotsClient;
  withRowLock: (id: string, work: (row: BookingRow) => Promise<unknown>) => Promise<void>;
};

const overStatuses: readonly InstanceStatus[] = ['TERMINATED', 'INIT_FAIL'];

/**
 * True where a booking's end was requested here or was its time limit, and not merely found at rerobots: then it has
 * no failure.
 */
export function endWasRequested(row: BookingRow): boolean {
  const isDone = row.state === 'terminated' || row.state === 'cancelled';
  return row.termination_requested === 1 || (isDone && row.failure_code === null);
}

/** Gives an ended booking back to its owner; its end is carried out where that was requested. */
export function reopen(
  ledger: Pick<BookingLedger, 'move'>,
  row: BookingRow,
  to: 'starting' | 'queued',
  account: string | null,
): Promise<BookingRow> {
  const isEnding = endWasRequested(row);
  return ledger.move(row, to, {
    actor: null,
    cause: `it was ${row.state}, but rerobots shows it again${isEnding ? '; it is ended as requested' : ''}`,
    patch: { ended_at: null, missing_since: null, termination_requested: isEnding ? 1 : 0, account },
  });
}

/** Reopens the ended bookings that the lists show; resolves with the listed ids that are over after all. */
export function createReopening({ db, ledger, client, withRowLock }: Options) {
  const statusOf = async (id: string): Promise<InstanceStatus | null> => {
    try {
      return (await client.instance(id, 'follow'))?.status ?? null;
    } catch (error) {
      // Listed, but it can't be asked about now: it stays unclaimed until the next list.
      if (!(error instanceof UpstreamError)) throw error;
      return null;
    }
  };

  return async ({ instances, reservations, askedAt }: Lists): Promise<Set<string>> => {
    const over = new Set<string>();
    const ids = [...instances, ...reservations].map(({ id }) => id);
    const owned = await ownedUpstreamIds(db, ids);
    const rows = await endedBookingsOf(
      db,
      ids.filter((id) => !owned.has(id)),
    );
    for (const { id, upstream_id: upstreamId } of rows) {
      if (upstreamId === null) continue;
      await withRowLock(id, async (row) => {
        const account = client.account();
        if (!instances.some((one) => one.id === upstreamId)) {
          // Read before it ended: the list may be the older of the two.
          if ((row.ended_at ?? 0) >= askedAt) over.add(upstreamId);
          else if (row.state === 'lost' || row.state === 'cancelled')
            await reopen(ledger, row, 'queued', account);
          return;
        }
        const status = await statusOf(upstreamId);
        if (status !== null && overStatuses.includes(status)) over.add(upstreamId);
        else if (status !== null && row.state !== 'refused') await reopen(ledger, row, 'starting', account);
      });
    }
    return over;
  };
}
