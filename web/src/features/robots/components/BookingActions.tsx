import type { Booking } from '@cyclorama/shared/robots.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { useCancel, useTerminate } from '../robots.queries.ts';
import { bookingName, bookingRefusal, isOpen } from '../robots.rules.ts';

/** What ends a booking: leaving the queue while it waits, terminating once it has a robot. Nothing where it has ended. */
export function BookingActions({ booking, size = 'sm' }: { booking: Booking; size?: 'sm' | 'md' }) {
  const { user } = useSession();
  const [isAsking, setAsking] = useState(false);
  const terminate = useTerminate(booking.id);
  const cancel = useCancel(booking.id);
  if (!isOpen(booking) && !isAsking) return null;
  const isQueued = booking.state === 'queued';
  const action = isQueued ? cancel : terminate;
  const name = bookingName(booking);
  const close = () => {
    action.reset();
    setAsking(false);
  };
  return (
    <>
      <Button
        size={size}
        disabledReason={bookingRefusal(isQueued ? 'cancel' : 'terminate', booking, user) ?? undefined}
        onClick={() => setAsking(true)}
      >
        {isQueued ? 'Leave the queue…' : 'Terminate…'}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={close}
        title={isQueued ? `Leave the queue for ${name}?` : `Terminate ${name}?`}
        body={consequence(booking)}
        actionLabel={isQueued ? `Cancel the reservation` : `Terminate ${name}`}
        pending={action.isPending}
        error={action.error}
        onConfirm={() => action.mutate(undefined, { onSuccess: close })}
      />
    </>
  );
}

function consequence(booking: Booking): string {
  const whose =
    booking.owner === null
      ? 'Nobody booked it here; somebody with the same account may be using it.'
      : `${booking.owner} holds it.`;
  if (booking.state === 'queued')
    return `${whose} The place in the queue is lost; booking again starts at its end.`;
  if (booking.state === 'starting') {
    return `${whose} A robot that is starting can’t be ended yet: the wish is kept and carried out as soon as it can be.`;
  }
  return `${whose} The connection drops at once and what was not saved elsewhere is lost.`;
}
