import type { Booking } from '@cyclorama/shared/robots.ts';
import { bookingRefusal, canStopWaiting, endingOf, isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { bookingName } from '../../names.rules.ts';
import { useCancel, useTerminate } from '../../queries.ts';

export function BookingActions({ booking, size = 'sm' }: { booking: Booking; size?: 'sm' | 'md' }) {
  const { user } = useSession();
  const [isAsking, setAsking] = useState(false);
  const terminate = useTerminate(booking.id);
  const cancel = useCancel(booking.id);
  if (!isOpenBooking(booking) && !isAsking) return null;
  const ending = endingOf(booking);
  const action = ending === 'cancel' ? cancel : terminate;
  const text = textFor(booking);
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
        {text.button}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={close}
        title={text.title(name)}
        body={consequence(booking)}
        actionLabel={text.action(name)}
        pending={action.isPending}
        error={action.error}
        onConfirm={() => action.mutate(undefined, { onSuccess: close })}
      />
    </>
  );
}

type EndingText = { button: string; title: (name: string) => string; action: (name: string) => string };

function textFor(booking: Booking): EndingText {
  if (booking.held === true) {
    return {
      button: 'Cancel…',
      title: (name) => `Cancel the booking of ${name}?`,
      action: () => 'Cancel booking',
    };
  }
  if (canStopWaiting(booking)) {
    return {
      button: 'Stop waiting…',
      title: (name) => `Stop waiting for ${name}?`,
      action: () => 'Stop waiting',
    };
  }
  if (booking.state === 'queued') {
    return {
      button: 'Leave queue…',
      title: (name) => `Leave the queue for ${name}?`,
      action: () => 'Leave queue',
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
      ? 'Not booked here. Someone with the same account may be using it.'
      : `${isolated(booking.owner)} holds it.`;
  if (booking.held === true) return 'Not sent to rerobots yet. Only its turn is lost.';
  if (canStopWaiting(booking))
    return `${whose} It is listed as lost and a robot may still run. If one appears, it is back here and terminated.`;
  if (booking.waiting) return `${whose} ${booking.waiting.message} The request is kept and carried out then.`;
  if (booking.state === 'queued') return `${whose} The place in the queue is lost.`;
  if (booking.state === 'starting') {
    return `${whose} A starting robot can’t be terminated yet. It is terminated once it is ready.`;
  }
  return `${whose} Connections drop at once and unsaved work is lost.`;
}
