import type { Clock } from '../../../../lib/clock.ts';
import { UpstreamError } from '../../../../lib/errors.ts';
import type { EventHub } from '../../../../lib/event-hub.ts';
import type { BookingRow } from '../../../../store/bookings.ts';
import type { ListedInstance, RerobotsClient, Reservation } from '../../../../upstream/rerobots/client.ts';
import { windowIsOpen } from '../guards/window.ts';
import { READY_SEEN_MS } from '../rules.ts';

const OPEN_EVERY_MS = 10_000;
/** While nothing is open but someone looks: only for what was not booked here. */
const IDLE_EVERY_MS = 30_000;
/** Who asked for the bookings this recently looks on, also without a stream of events. */
const LOOKING_FOR_MS = 120_000;
/** A hint has the lists read this long after the last time at the earliest: anyone may send one. */
const HINTED_EVERY_MS = 2_000;

/** The account's lists; `askedAt` is when the older of both reads began. */
export type Lists = { instances: ListedInstance[]; reservations: Reservation[]; askedAt: number };

/** True where the one list of instances is read often, so that no booking that moves need be read on its own. */
function readsForAll(rows: BookingRow[]): boolean {
  const moving = rows.filter(({ state }) => state === 'starting' || state === 'terminating').length;
  return moving >= 2 || rows.some(({ state }) => state === 'queued');
}

export type BookingLists = {
  /** Reads what is due for the open bookings and what nobody here booked; null: nothing was due, or came. */
  read(rows: BookingRow[], others: number): Promise<Lists | null>;
  /** Has them read soon. */
  hint(): void;
  /** Someone was shown the bookings. */
  shown(): void;
};

/** Reads the account's instances and reservations, as often as the open bookings ask for. */
export function createBookingLists(options: {
  client: RerobotsClient;
  hub: EventHub;
  clock: Clock;
}): BookingLists {
  const { client, hub, clock } = options;
  let triedAt = Number.NEGATIVE_INFINITY;
  let hinted = false;
  let shownAt = Number.NEGATIVE_INFINITY;
  let reservations: { list: Reservation[]; askedAt: number } = {
    list: [],
    askedAt: Number.NEGATIVE_INFINITY,
  };

  const everyMs = (rows: BookingRow[], others: number): number => {
    if (hinted) return HINTED_EVERY_MS;
    if (readsForAll(rows)) return READY_SEEN_MS;
    if (rows.length > 0) return OPEN_EVERY_MS;
    const looking = hub.watchers > 0 || clock.now() - shownAt < LOOKING_FOR_MS;
    if (!looking) return Number.POSITIVE_INFINITY;
    return others > 0 ? OPEN_EVERY_MS : IDLE_EVERY_MS;
  };

  const readReservations = async (rows: BookingRow[], priority: 'follow' | 'background') => {
    const waited = rows.some(
      (row) => row.state === 'queued' || (row.state === 'requested' && windowIsOpen(row)),
    );
    const every = hinted ? 0 : waited ? OPEN_EVERY_MS : IDLE_EVERY_MS;
    if (clock.now() - reservations.askedAt < every) return reservations;
    const askedAt = clock.now();
    reservations = { list: await client.reservations(priority), askedAt };
    return reservations;
  };

  return {
    hint: () => {
      hinted = true;
    },
    shown: () => {
      shownAt = clock.now();
    },
    async read(rows, others) {
      if (clock.now() - triedAt < everyMs(rows, others)) return null;
      triedAt = clock.now();
      const priority = rows.length > 0 ? 'follow' : 'background';
      try {
        const [instances, waiting] = await Promise.all([
          client.instances(priority),
          readReservations(rows, priority),
        ]);
        hinted = false;
        return { instances, reservations: waiting.list, askedAt: Math.min(triedAt, waiting.askedAt) };
      } catch (error) {
        // What can't be read now is read later; the client has told the health.
        if (!(error instanceof UpstreamError)) throw error;
        return null;
      }
    },
  };
}
