import type { Booking, BookingState } from '@cyclorama/shared/robots.ts';

/** The upstream figure is an upper bound of a moment ago, so zero is no promise (rerobots API docs, `queuelen`). */
export function queueText(queueLength: number | null): string {
  if (queueLength === null) return 'not read yet';
  if (queueLength === 0) return 'free when last read';
  return queueLength === 1 ? 'in use, none waiting' : `in use, up to ${queueLength - 1} waiting`;
}

export type BookingPlan = {
  name: string;
  queueLength: number | null;
  reserve: boolean;
  minutes: number | null;
};

/** `name` is the robot's, or the type where any will do. */
export function bookingForecast({ name, queueLength, reserve, minutes }: BookingPlan): string {
  const start =
    queueLength === 0
      ? `Books ${name}, free when last read.`
      : `Books ${name}, ${queueLength === null ? 'state unknown' : 'in use'}.`;
  const busy = reserve
    ? 'If it’s taken, you join the queue. It starts when it’s your turn and counts as used from then.'
    : 'If it’s taken, nothing is booked.';
  const end = minutes === null ? 'It runs until terminated.' : `It ends ${minutes} min after its start.`;
  return `${start} ${busy} ${end}`;
}

export type StepStatus = 'done' | 'current' | 'todo' | 'failed';
export type BookingStep = { name: string; status: StepStatus };

/** requested → queued (if it waited) → starting → ready → ended. */
export function bookingSteps(booking: Pick<Booking, 'state' | 'startedAt'>): BookingStep[] {
  const { state } = booking;
  const began = booking.startedAt !== null;
  const names = ['Requested', ...(state === 'queued' ? ['Queued'] : []), 'Starting', 'Ready', 'Ended'];
  const reached: Record<BookingState, string> = {
    requested: 'Requested',
    queued: 'Queued',
    starting: 'Starting',
    ready: 'Ready',
    terminating: 'Ended',
    terminated: 'Ended',
    failed: began ? 'Ready' : 'Starting',
    refused: 'Requested',
    cancelled: 'Ended',
    lost: began ? 'Ready' : 'Starting',
  };
  const at = names.indexOf(reached[state]);
  const broken = state === 'failed' || state === 'refused' || state === 'lost';
  const over = state === 'terminated' || state === 'cancelled';
  return names
    .filter((name) => state !== 'cancelled' || name === 'Requested' || name === 'Ended')
    .map((name) => {
      const index = names.indexOf(name);
      if (index > at) return { name, status: 'todo' };
      if (index < at || over) return { name, status: 'done' };
      return { name, status: broken ? 'failed' : 'current' };
    });
}
