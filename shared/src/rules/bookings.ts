import type { Role } from '../common.ts';
import type { Booking, BookingState } from '../robots.ts';
import { deploymentRefusal } from './deployments.ts';
import { actorRefusal, roleRefusal } from './roles.ts';
import type { Person } from './roles.ts';

export type BookingAction = 'terminate' | 'cancel' | 'hand-over';

type BookingSubject = Pick<Booking, 'state' | 'terminationRequested' | 'held' | 'waiting'>;

export const openBookingStates: readonly BookingState[] = [
  'requested',
  'queued',
  'starting',
  'ready',
  'terminating',
];
/** Final unless rerobots shows the robot again. */
export const endedBookingStates: readonly BookingState[] = [
  'terminated',
  'failed',
  'refused',
  'cancelled',
  'lost',
];
const holdingStates: readonly BookingState[] = ['starting', 'ready', 'terminating'];

export function isOpenBooking({ state }: Pick<Booking, 'state'>): boolean {
  return openBookingStates.includes(state);
}

export function holdsRobot({ state }: Pick<Booking, 'state'>): boolean {
  return holdingStates.includes(state);
}

/** rerobots enforces a time limit now and then, and its clock may be a little ahead. Epoch milliseconds. */
export function isEndByLimit(endedAt: number, endsAt: number): boolean {
  return endedAt >= endsAt - LIMIT_SLACK_MS;
}
const LIMIT_SLACK_MS = 30_000;

/** Idle time before the owner is asked whether a ready robot is still needed. */
export const IDLE_AFTER_MS = 15 * 60_000;

/** Minutes before the time limit, the nearest first. */
export const warningsBeforeEnd = [2, 10] as const;

export const endedReasons: Partial<Record<BookingState, string>> = {
  terminated: 'The booking has ended.',
  failed: 'The booking failed and holds no robot.',
  refused: 'The booking was refused and holds no robot.',
  cancelled: 'The booking was cancelled.',
  lost: 'The outcome of this booking is unknown.',
};
const unanswered = 'rerobots has not answered yet. Wait until it has.';

/**
 * Unlisted states allow the action. Mirrors the rerobots API docs: `POST /terminate/:id` ends an instance, `DELETE
 * /reservation/:id` leaves the queue. rerobots refuses to terminate an instance in INIT, so in `starting` the request
 * is kept and carried out once the robot is ready. Hand-over is Cyclorama's own: rerobots knows one account and no
 * people.
 */
const notNow: Record<BookingAction, Partial<Record<BookingState, string>>> = {
  terminate: {
    ...endedReasons,
    requested: unanswered,
    queued: 'It has no robot yet. Leave the queue instead.',
    terminating: 'It is being terminated.',
  },
  cancel: {
    ...endedReasons,
    requested: unanswered,
    starting: 'It has its robot. Terminate it instead.',
    ready: 'It has its robot. Terminate it instead.',
    terminating: 'It is being terminated.',
  },
  'hand-over': {
    ...endedReasons,
    requested: unanswered,
    terminating: 'It is being terminated.',
  },
};

const alreadyRequested = ({ waiting }: BookingSubject): string =>
  `Termination is already requested. ${waiting?.message ?? 'It ends once the robot is ready.'}`;

/**
 * Its end is requested and rerobots doesn't show it, which may last for ever: whoever holds it may stop waiting. If its
 * robot appears after all it is terminated.
 */
export function canStopWaiting({ state, terminationRequested, waiting }: BookingSubject): boolean {
  return Boolean(waiting) && (terminationRequested || state === 'terminating');
}

/** For any person. Termination may be requested twice. */
export function bookingStateRefusal(action: BookingAction, booking: BookingSubject): string | null {
  // Not sent to rerobots yet, so it can be withdrawn.
  if (action === 'cancel' && (booking.held === true || canStopWaiting(booking))) return null;
  if (action === 'hand-over' && booking.terminationRequested) return alreadyRequested(booking);
  return notNow[action][booking.state] ?? null;
}

export function bookingRefusal(
  action: BookingAction,
  booking: BookingSubject & Pick<Booking, 'owner'>,
  person: Person,
): string | null {
  const reason = bookingStateRefusal(action, booking);
  if (reason !== null) return reason;
  if (action === 'terminate' && booking.terminationRequested) return alreadyRequested(booking);
  return actorRefusal(booking, person);
}

/** `cancel` while it waits for a robot, to be sent, or for an end that rerobots doesn't show, `terminate` once it has one. */
export function endingOf(booking: BookingSubject): 'cancel' | 'terminate' {
  return booking.state === 'queued' || booking.held === true || canStopWaiting(booking)
    ? 'cancel'
    : 'terminate';
}

export function newBookingRefusal(
  deployment: Parameters<typeof deploymentRefusal>[0] | null,
  role: Role,
): string | null {
  return roleRefusal(role, 'operator') ?? (deployment === null ? null : deploymentRefusal(deployment));
}

/** Admins have no quota. `name`: the owner's, when somebody else asks. */
export function quotaRefusal(
  open: number,
  quota: number | null,
  { role, name }: { role: Role; name?: string },
): string | null {
  if (quota === null || role === 'admin' || open < quota) return null;
  if (name === undefined) return `You have ${open} of ${quota} bookings open. Give one back to book another.`;
  return `${name} has ${open} of ${quota} bookings open.`;
}
