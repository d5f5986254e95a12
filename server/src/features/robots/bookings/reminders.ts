import { IDLE_AFTER_MS, warningsBeforeEnd } from '@cyclorama/shared/rules/bookings.ts';

import type { Clock } from '../../../lib/clock.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { BookingLedger } from './ledger.ts';
import { idleSince } from './rules.ts';

export type BookingReminders = {
  due(): BookingRow[];
  /** Each reminder is recorded once. */
  remind(row: BookingRow): Promise<void>;
};

export function createBookingReminders(options: { ledger: BookingLedger; clock: Clock }): BookingReminders {
  const { ledger, clock } = options;
  const remindedIdleSince = new Map<string, number>();

  const warning = (row: BookingRow): number | null => {
    const { ends_at: endsAt, warned_minutes: warned } = row;
    if (row.state !== 'ready' || endsAt === null || clock.now() >= endsAt) return null;
    const left = endsAt - clock.now();
    const due = warningsBeforeEnd.find((minutes) => left <= minutes * 60_000) ?? null;
    return due !== null && (warned === null || due < warned) ? due : null;
  };
  const idle = (row: BookingRow): number | null => {
    const since = idleSince(row);
    if (since === null || clock.now() - since < IDLE_AFTER_MS) return null;
    return remindedIdleSince.get(row.id) === since ? null : since;
  };

  return {
    due() {
      const rows = [...ledger.openRows.values()];
      for (const id of remindedIdleSince.keys()) if (!ledger.openRows.has(id)) remindedIdleSince.delete(id);
      return rows.filter((row) => warning(row) !== null || idle(row) !== null);
    },
    async remind(row) {
      const minutes = warning(row);
      if (minutes !== null) {
        const warned = await ledger.patch(row, { warned_minutes: minutes });
        const words = `It ends in ${minutes} minutes, by its time limit.`;
        await ledger.recordDetected(warned, 'booking.ending', words);
      }
      const since = idle(row);
      if (since === null) return;
      remindedIdleSince.set(row.id, since);
      const words = `It was not used here for ${Math.floor((clock.now() - since) / 60_000)} minutes.`;
      await ledger.recordDetected(row, 'booking.idle', `${words} Terminate it if you no longer need it.`);
    },
  };
}
