import type { Clock } from '../../../../lib/clock.ts';
import { UpstreamError } from '../../../../lib/errors.ts';
import type { EventHub } from '../../../../lib/event-hub.ts';
import type { BookingRow } from '../../../../store/bookings.ts';
import type { ListedInstance, RerobotsClient, Reservation } from '../../../../upstream/rerobots/client.ts';
import { windowIsOpen } from '../guards/window.ts';
import { READY_POLL_MS } from '../rules.ts';

const OPEN_POLL_MS = 10_000;
/** While nothing is open but someone is watching: only unclaimed instances can appear. */
const IDLE_POLL_MS = 30_000;
/** While nobody is watching either: what runs unseen, or for a booking that has ended, is billed. */
const UNWATCHED_POLL_MS = 5 * 60_000;
/** How long after the last open booking, or the start, a robot that comes back is looked for as if watched. */
const RETURN_POLL_FOR_MS = 15 * 60_000;
/** How long a request for the bookings counts as watching, also without an event stream. */
const WATCHED_FOR_MS = 120_000;
/** Never behind the reads of the robots, which take every call left to the background: what is missed here is billed. */
const PRIORITY = 'follow';
/** The shortest time between reads after hints, since anyone may send them. */
const HINTED_POLL_MS = 2_000;

/** `askedAt` is when the older of the two reads began. */
export type Lists = { instances: ListedInstance[]; reservations: Reservation[]; askedAt: number };

/** Whether reading the list of instances often is cheaper than reading each changing booking on its own. */
function listCoversAll(rows: BookingRow[]): boolean {
  const changing = rows.filter(({ state }) => state === 'starting' || state === 'terminating').length;
  return changing >= 2 || rows.some(({ state }) => state === 'queued');
}

export type BookingLists = {
  /** `others` counts unclaimed ones. Null if nothing was due or the read failed. */
  read(rows: BookingRow[], others: number): Promise<Lists | null>;
  /** Makes the next read due soon. */
  hint(): void;
  markWatched(): void;
};

export function createBookingLists(options: {
  client: RerobotsClient;
  hub: EventHub;
  clock: Clock;
}): BookingLists {
  const { client, hub, clock } = options;
  let triedAt = Number.NEGATIVE_INFINITY;
  let hinted = false;
  let watchedAt = Number.NEGATIVE_INFINITY;
  let openAt = clock.now();
  let reservations: { list: Reservation[]; askedAt: number } = {
    list: [],
    askedAt: Number.NEGATIVE_INFINITY,
  };

  const everyMs = (rows: BookingRow[], others: number): number => {
    if (hinted) return HINTED_POLL_MS;
    if (listCoversAll(rows)) return READY_POLL_MS;
    if (rows.length > 0) return OPEN_POLL_MS;
    const watched = hub.watchers > 0 || clock.now() - watchedAt < WATCHED_FOR_MS;
    if (!watched && clock.now() - openAt > RETURN_POLL_FOR_MS) return UNWATCHED_POLL_MS;
    return watched && others > 0 ? OPEN_POLL_MS : IDLE_POLL_MS;
  };

  const readReservations = async (rows: BookingRow[]) => {
    const waiting = rows.some(
      (row) => row.state === 'queued' || (row.state === 'requested' && windowIsOpen(row, clock.now())),
    );
    const every = hinted ? 0 : waiting ? OPEN_POLL_MS : IDLE_POLL_MS;
    if (clock.now() - reservations.askedAt < every) return reservations;
    const askedAt = clock.now();
    reservations = { list: await client.reservations(PRIORITY), askedAt };
    return reservations;
  };

  return {
    hint: () => {
      hinted = true;
    },
    markWatched: () => {
      watchedAt = clock.now();
    },
    async read(rows, others) {
      if (rows.length > 0) openAt = clock.now();
      if (clock.now() - triedAt < everyMs(rows, others)) return null;
      triedAt = clock.now();
      try {
        const [instances, reservationsRead] = await Promise.all([
          client.instances(PRIORITY),
          readReservations(rows),
        ]);
        hinted = false;
        return {
          instances,
          reservations: reservationsRead.list,
          askedAt: Math.min(triedAt, reservationsRead.askedAt),
        };
      } catch (error) {
        // Read again later; the client has recorded it in the upstream's health.
        if (!(error instanceof UpstreamError)) throw error;
        return null;
      }
    },
  };
}
