import type { UsageResponse } from '@cyclorama/shared/robot-fleet.ts';

import type { BookingRow } from '../../../store/bookings.ts';
import type { HandOverRow } from '../../../store/hand-overs.ts';
import { holdersOf } from '../bookings/holders.ts';

type Held = Pick<BookingRow, 'id' | 'owner' | 'type' | 'requested_at' | 'started_at' | 'ended_at'>;

/**
 * Robot time per person and type within `[from, to]`, in whole seconds, longest first. A robot that is still held counts
 * up to `now`; of one that was handed over, each holder has their part.
 */
export function usageOf(
  held: readonly Held[],
  handOvers: readonly Pick<HandOverRow, 'booking_id' | 'at' | 'from_owner' | 'to_owner'>[],
  { from, to }: { from: number; to: number },
  now: number,
): UsageResponse['rows'] {
  const rows = new Map<string, UsageResponse['rows'][number] & { ms: number }>();
  const handOversByBooking = Map.groupBy(handOvers, ({ booking_id: id }) => id);
  for (const booking of held) {
    const { type, started_at: startedAt } = booking;
    if (startedAt === null) continue;
    for (const holder of holdersOf(booking, handOversByBooking.get(booking.id) ?? [])) {
      const { owner } = holder;
      const ms = Math.min(to, now, holder.to ?? now) - Math.max(from, startedAt, holder.from);
      if (ms <= 0) continue;
      const key = JSON.stringify([owner, type]);
      const row = rows.get(key) ?? { owner, type, bookings: 0, seconds: 0, ms: 0 };
      rows.set(key, { ...row, bookings: row.bookings + 1, ms: row.ms + ms });
    }
  }
  return [...rows.values()]
    .map(({ ms, ...row }) => ({ ...row, seconds: Math.round(ms / 1_000) }))
    .toSorted((a, b) => b.seconds - a.seconds || a.type.localeCompare(b.type));
}
