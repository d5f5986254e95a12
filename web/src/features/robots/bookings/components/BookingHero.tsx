import type { Booking } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import type { ReactNode } from 'react';

import { Absolute, Countdown, Elapsed } from '../../../../ui/time.tsx';
import { waitBasis, waitText } from '../../fleet/forecast.rules.ts';

const WARN_BELOW_MS = 10 * 60_000;

/** The one time that matters now: left on the robot, or expected until there is one. */
export function BookingHero({ booking }: { booking: Booking }) {
  if (!isOpenBooking(booking)) return null;
  const { label, value, detail } = factOf(booking);
  return (
    <section aria-label={label} className="flex min-h-14 flex-col justify-center">
      <p className="text-xs text-muted">{label}</p>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="text-2xl font-medium">{value}</span>
        <span className="text-muted">{detail}</span>
      </p>
    </section>
  );
}

function factOf(booking: Booking): { label: string; value: ReactNode; detail: ReactNode } {
  const { state, endsAt, startedAt, requestedAt } = booking;
  if (state === 'queued' && booking.deploymentId === null) {
    const detail = 'rerobots chooses the robot when it’s your turn.';
    return { label: 'Expected wait', value: waitText(null), detail };
  }
  if (state === 'queued') return { label: 'Expected wait', value: waitText(booking.wait), detail: waitBasis };
  if (startedAt === null) return { label: 'Requested', value: <Elapsed since={requestedAt} />, detail: null };
  if (endsAt === null) {
    const detail = 'No time limit: it runs until terminated.';
    return { label: 'Held for', value: <Elapsed since={startedAt} />, detail };
  }
  const detail = (
    <>
      Ends <Absolute at={endsAt} />. rerobots can’t move this limit: terminate sooner, or book again for
      later.
    </>
  );
  return { label: 'Time left', value: <Countdown to={endsAt} warnBelow={WARN_BELOW_MS} />, detail };
}
