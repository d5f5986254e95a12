import type { UsageResponse } from '@cyclorama/shared/robot-fleet.ts';

import type { BookingRow } from '../../../store/bookings.ts';

type Held = Pick<BookingRow, 'owner' | 'type' | 'started_at' | 'ended_at'>;

/**
 * Robot time per person and type within `[from, to]`, in whole seconds, longest first. A robot that is still held counts
 * up to `now`.
 */
export function usageOf(
  held: readonly Held[],
  { from, to }: { from: number; to: number },
  now: number,
): UsageResponse['rows'] {
  const rows = new Map<string, UsageResponse['rows'][number] & { ms: number }>();
  for (const { owner, type, started_at, ended_at } of held) {
    if (started_at === null) continue;
    const ms = Math.min(to, now, ended_at ?? now) - Math.max(from, started_at);
    if (ms <= 0) continue;
    const key = JSON.stringify([owner, type]);
    const row = rows.get(key) ?? { owner, type, bookings: 0, seconds: 0, ms: 0 };
    rows.set(key, { ...row, bookings: row.bookings + 1, ms: row.ms + ms });
  }
  return [...rows.values()]
    .map(({ ms, ...row }) => ({ ...row, seconds: Math.round(ms / 1_000) }))
    .toSorted((a, b) => b.seconds - a.seconds || a.type.localeCompare(b.type));
}
