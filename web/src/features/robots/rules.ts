import type { Role } from '@cyclorama/shared/common.ts';
import type { Booking, BookingState, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { roleAllows } from '@cyclorama/shared/rules/roles.ts';

export type BookingAction = 'terminate' | 'cancel';
export type Person = { name: string; role: Role };

const openStates: readonly BookingState[] = ['requested', 'queued', 'starting', 'ready', 'terminating'];

/** True while the booking holds a robot or waits for one. */
export function isOpen(booking: Pick<Booking, 'state'>): boolean {
  return openStates.includes(booking.state);
}

const ended: Partial<Record<BookingState, string>> = {
  terminated: 'It has ended',
  failed: 'It failed, and holds no robot',
  refused: 'It was refused, and holds no robot',
  cancelled: 'It was cancelled',
  lost: 'What became of this booking is not known',
};

/**
 * Why an action isn't open in a state; a state that isn't listed allows it.
 *
 * Mirrors the rerobots API docs: `POST /terminate/:id` ends an instance, `DELETE /reservation/:id` leaves the queue.
 * The service itself refuses to terminate an instance in INIT, so in `starting` a requested termination is kept and
 * carried out once the robot is ready.
 */
const notNow: Record<BookingAction, Partial<Record<BookingState, string>>> = {
  terminate: {
    ...ended,
    requested: 'rerobots has not answered the request yet',
    queued: 'It has no robot yet: cancel the reservation instead',
    terminating: 'It is being terminated',
  },
  cancel: {
    ...ended,
    requested: 'rerobots has not answered the request yet',
    starting: 'It is out of the queue: terminate it instead',
    ready: 'It is out of the queue: terminate it instead',
    terminating: 'It is being terminated',
  },
};

/** What ends a booking now: `cancel` while it waits for a robot or to be sent, `terminate` once it has one. */
export function endingOf(booking: Pick<Booking, 'state' | 'held'>): BookingAction {
  return booking.state === 'queued' || booking.held === true ? 'cancel' : 'terminate';
}

/**
 * The reason a person may not do this to a booking now, or null where they may. rerobots knows one account and no
 * people, so that the owner or an admin acts, and only an admin on what nobody booked here, is Cyclorama's own rule.
 */
export function bookingRefusal(
  action: BookingAction,
  booking: Pick<Booking, 'state' | 'owner' | 'terminationRequested' | 'held'>,
  person: Person,
): string | null {
  const state = action === 'cancel' && booking.held === true ? undefined : notNow[action][booking.state];
  if (state !== undefined) return state;
  if (action === 'terminate' && booking.state === 'starting' && booking.terminationRequested) {
    return 'Termination is asked for already; it is carried out once the robot is ready';
  }
  if (!roleAllows(person.role, 'operator'))
    return 'A viewer can look, not act: this asks for the operator role';
  if (person.role === 'admin' || booking.owner === person.name) return null;
  if (booking.owner === null) return 'Nobody booked this here: only an admin can end it';
  return `Only ${booking.owner} or an admin can ${action} this booking`;
}

/** The reason a person may not book this robot now, or null where they may; a busy robot can be reserved. */
export function newBookingRefusal(
  deployment: Pick<RobotDeployment, 'online' | 'lockedOut'> | null,
  role: Role,
): string | null {
  if (!roleAllows(role, 'operator')) return 'A viewer can look, not act: booking asks for the operator role';
  if (deployment?.lockedOut === true) return 'Locked out by its owner: it can’t be booked now';
  if (deployment?.online === false) return 'Offline: it can’t be booked until it is back';
  return null;
}

/**
 * The queue in words. The upstream figure is an upper bound read a moment ago, so zero is no promise
 * (rerobots API docs, `queuelen`).
 */
export function queueWords(queueLength: number | null): string {
  if (queueLength === null) return 'not read yet';
  if (queueLength === 0) return 'free when last read';
  return queueLength === 1 ? 'in use, nobody waits' : `in use, up to ${queueLength - 1} waiting`;
}

export type BookingPlan = {
  name: string;
  queueLength: number | null;
  reserve: boolean;
  minutes: number | null;
};

/** What booking will do, in a sentence or two. `name` is the robot's, or the type where any will do. */
export function bookingForecast({ name, queueLength, reserve, minutes }: BookingPlan): string {
  const start =
    queueLength === 0
      ? `Asks for ${name}, which was free when last read; somebody may be quicker.`
      : `Asks for ${name}, which is ${queueLength === null ? 'in an unknown state' : 'in use'}.`;
  const busy = reserve
    ? 'If it is busy you wait in the queue and the robot starts by itself when it is your turn: be ready, it counts as used from then on.'
    : 'If it is busy nothing is booked and you are told so.';
  const end =
    minutes === null
      ? 'It runs until somebody terminates it.'
      : `It ends by itself ${minutes} min after it started.`;
  return `${start} ${busy} ${end}`;
}

export type StepStatus = 'done' | 'current' | 'todo' | 'failed';
export type BookingStep = { name: string; status: StepStatus };

/** Where a booking stands on its way: requested → queued (where it waited) → starting → ready → ended. */
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

/** What a robot is called in lists and buttons: its type and the first part of its id. */
export function deploymentName(deployment: Pick<RobotDeployment, 'id' | 'type'>): string {
  return `${deployment.type} ${deployment.id.slice(0, 8)}`;
}

/** What a booking is called in lists and buttons: the robot it is on, or the type it asks for. */
export function bookingName(booking: Pick<Booking, 'type' | 'deploymentId'>): string {
  return booking.deploymentId === null
    ? booking.type
    : deploymentName({ id: booking.deploymentId, type: booking.type });
}
