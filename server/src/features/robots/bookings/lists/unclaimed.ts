import type { Clock } from '../../../../lib/clock.ts';
import type { EventHub } from '../../../../lib/event-hub.ts';
import type { BookingRow } from '../../../../store/bookings.ts';
import type { RerobotsClient } from '../../../../upstream/rerobots/client.ts';
import type { BookingLedger } from '../ledger.ts';
import { presentBooking, unclaimedRow } from '../presenter.ts';
import type { BookingReconciler } from '../reconciler.ts';
import { isOfAnotherAccount } from '../waiting.ts';

type Options = {
  ledger: BookingLedger;
  reconciler: Pick<BookingReconciler, 'unowned'>;
  client: Pick<RerobotsClient, 'account'>;
  hub: EventHub;
  clock: Clock;
  deploymentOf: (id: string | null) => { type: string; region: string } | null;
};

export type UnclaimedBookings = {
  /** Without those that an unanswered booking may still turn out to own. */
  rows(): BookingRow[];
  /** Publishes what changed since the last call. */
  publish(): void;
};

export function createUnclaimed({
  ledger,
  reconciler,
  client,
  hub,
  clock,
  deploymentOf,
}: Options): UnclaimedBookings {
  let published = new Map<string, BookingRow>();
  let publishedFor = client.account();

  const rows = (): BookingRow[] => {
    const unsettled = [...ledger.openRows.values()].filter(
      (row) =>
        row.state === 'requested' && row.sent_at !== null && !isOfAnotherAccount(row, client.account()),
    );
    const { instances, reservations } = reconciler.unowned();
    return [...instances, ...reservations]
      .map((found) => unclaimedRow(found, clock.now(), deploymentOf(found.deploymentId)))
      .filter(
        (row) => !unsettled.some((one) => one.type === row.type || one.deployment_id === row.deployment_id),
      );
  };

  return {
    rows,
    publish() {
      // To another account's token an instance is unknown, which is not its end.
      const isSameAccount = client.account() === publishedFor;
      publishedFor = client.account();
      const now = new Map(rows().map((row) => [row.id, row]));
      const publishRow = (row: BookingRow): void =>
        hub.publish({ type: 'booking', booking: presentBooking(row, null) });
      for (const row of now.values()) {
        const before = published.get(row.id);
        if (before?.state !== row.state || before.type !== row.type) publishRow(row);
      }
      for (const row of published.values()) {
        if (now.has(row.id) || ledger.openRows.has(row.id)) continue;
        publishRow({
          ...row,
          state: isSameAccount ? (row.state === 'queued' ? 'cancelled' : 'terminated') : 'lost',
          ended_at: clock.now(),
        });
      }
      published = now;
    },
  };
}
