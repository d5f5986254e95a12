import type { Booking } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';

import type { EventHub } from '../../../lib/event-hub.ts';

export type OwnChanges = {
  /** The robots whose queue one of our bookings changed since the last call. */
  take(): string[];
  close(): void;
};

/** Watches the bookings of this account, unclaimed ones too, for what changes a robot's queue. */
export function watchOwnChanges(hub: EventHub): OwnChanges {
  const seen = new Map<string, string>();
  const changed = new Set<string>();
  const note = (booking: Booking): void => {
    const { id, deploymentId, state, startedAt } = booking;
    const now = `${deploymentId} ${state} ${startedAt}`;
    const isNew = seen.get(id) !== now;
    if (isOpenBooking(booking)) seen.set(id, now);
    else seen.delete(id);
    if (isNew && deploymentId !== null) changed.add(deploymentId);
  };
  const close = hub.subscribe((event) => {
    if (event.type === 'booking') note(event.booking);
  });
  return {
    take() {
      const ids = [...changed];
      changed.clear();
      return ids;
    },
    close,
  };
}
