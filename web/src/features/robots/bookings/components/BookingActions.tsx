import type { Booking } from '@cyclorama/shared/robots.ts';
import { bookingRefusal, endingOf, isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { useCancel, useTerminate } from '../../queries.ts';
import { bookingName } from '../../rules.ts';

/** What ends a booking: leaving the queue while it waits, terminating once it has a robot. Nothing where it has ended. */
export function BookingActions({ booking, size = 'sm' }: { booking: Booking; size?: 'sm' | 'md' }) {
  const { user } = useSession();
  const [isAsking, setAsking] = useState(false);
  const terminate = useTerminate(booking.id);
  const cancel = useCancel(booking.id);
  if (!isOpenBooking(booking) && !isAsking) return null;
  const ending = endingOf(booking);
  const action = ending === 'cancel' ? cancel : terminate;
  const words = wordsFor(booking);
  const name = bookingName(booking);
  const close = () => {
    action.reset();
    setAsking(false);
  };
  return (
    <>
      <Button
        size={size}
        disabledReason={bookingRefusal(ending, booking, user) ?? undefined}
        onClick={() => setAsking(true)}
      >
        {words.button}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={close}
        title={words.title(name)}
        body={consequence(booking)}
        actionLabel={words.action(name)}
        pending={action.isPending}
        error={action.error}
        onConfirm={() => action.mutate(undefined, { onSuccess: close })}
      />
    </>
  );
}

type Words = { button: string; title: (name: string) => string; action: (name: string) => string };

function wordsFor(booking: Booking): Words {
  if (booking.held === true) {
    return {
      button: 'Take back…',
      title: (name) => `Take back the booking of ${name}?`,
      action: () => 'Take it back',
    };
  }
  if (booking.state === 'queued') {
    return {
      button: 'Leave the queue…',
      title: (name) => `Leave the queue for ${name}?`,
      action: () => 'Cancel the reservation',
    };
  }
  return {
    button: 'Terminate…',
    title: (name) => `Terminate ${name}?`,
    action: (name) => `Terminate ${name}`,
  };
}

function consequence(booking: Booking): string {
  const whose =
    booking.owner === null
      ? 'Nobody booked it here; somebody with the same account may be using it.'
      : `${booking.owner} holds it.`;
  if (booking.held === true) return 'Nothing was sent to rerobots yet, so nothing is lost but the turn.';
  if (booking.state === 'queued')
    return `${whose} The place in the queue is lost; booking again starts at its end.`;
  if (booking.state === 'starting') {
    return `${whose} A robot that is starting can’t be ended yet: the request is kept and carried out as soon as it can be.`;
  }
  return `${whose} The connection drops at once and what was not saved elsewhere is lost.`;
}
