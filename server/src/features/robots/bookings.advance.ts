import type { Failure } from '@cyclorama/shared/common.ts';
import type { BookingState } from '@cyclorama/shared/robots.ts';

import type { BookingPatch, BookingRow } from '../../store/bookings.ts';
import type { ListedInstance, Reservation, RobotInstance } from '../../upstream/rerobots/client.ts';
import { matchForMs, unknownToleratedMs } from './bookings.rules.ts';

export type BookingDecision =
  | { kind: 'wait' }
  /** Carry out the kept wish: to end a robot that runs, or to leave the queue. */
  | { kind: 'terminate' }
  | { kind: 'cancel' }
  | { kind: 'move'; to: BookingState; cause: string; failure?: Failure; patch?: BookingPatch };

const wait: BookingDecision = { kind: 'wait' };

/** What `GET /instance/:id` says now; null where the id is unknown, for `missingForMs` already. */
export type SeenInstance = { instance: RobotInstance | null; missingForMs: number };

/** Decides from a booking with an instance id and the upstream's own view what became of it. */
export function advanceInstance(booking: BookingRow, seen: SeenInstance): BookingDecision {
  const { instance, missingForMs } = seen;
  if (instance === null) {
    if (missingForMs < unknownToleratedMs) return wait;
    return lost('rerobots does not know this instance any more; whether it ran can not be told.');
  }
  const patch = factsOf(booking, instance);
  switch (instance.status) {
    case 'READY':
      if (booking.termination_wished === 1) return { kind: 'terminate' };
      return booking.state === 'ready' || booking.state === 'terminating'
        ? wait
        : move('ready', 'the robot is ready', { patch });
    case 'INIT':
      return booking.state === 'queued' ? move('starting', 'the robot became free', { patch }) : wait;
    case 'INIT_FAIL':
      return move('failed', 'the robot could not be started', { patch, failure: initFailed(booking) });
    case 'TERMINATING':
      return booking.state === 'terminating'
        ? wait
        : move('terminating', 'it is being terminated', { patch });
    case 'TERMINATED':
      return move('terminated', 'it was terminated', { patch });
    default:
      return wait;
  }
}

/** Decides about a booking in the queue from the account's lists; `goneForMs`: since it was in neither. */
export function advanceQueued(
  booking: BookingRow,
  lists: { instances: ListedInstance[]; reservations: Reservation[] },
  goneForMs: number,
): BookingDecision {
  const instance = lists.instances.find((one) => one.id === booking.upstream_id);
  if (instance) {
    const patch: BookingPatch = { deployment_id: instance.deploymentId ?? booking.deployment_id };
    if (instance.startedAt !== null) patch.started_at = instance.startedAt;
    return move('starting', 'the robot became free', { patch });
  }
  const wished = booking.termination_wished === 1;
  if (lists.reservations.some((one) => one.id === booking.upstream_id)) {
    return wished ? { kind: 'cancel' } : wait;
  }
  if (wished) return move('cancelled', 'no longer in the queue');
  if (goneForMs < unknownToleratedMs) return wait;
  return lost('The place in the queue is gone, and no robot came of it. Book again.');
}

/**
 * Finds what an unanswered booking left behind: the oldest instance or reservation of its target that nobody owns and
 * that began no earlier than the booking. Reservations tell their time only to the minute.
 */
export function matchUnanswered(
  booking: BookingRow,
  unowned: { instances: ListedInstance[]; reservations: Reservation[] },
  now: number,
): BookingDecision {
  const earliest = booking.requested_at - 60_000;
  const fits = (one: { deploymentId: string | null; type: string | null }, at: number | null): boolean =>
    (at === null || at >= earliest) &&
    (booking.deployment_id === null ? one.type === booking.type : one.deploymentId === booking.deployment_id);
  const instance = unowned.instances
    .toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0))
    .find((one) => fits(one, one.startedAt));
  if (instance) {
    const patch = { upstream_id: instance.id, deployment_id: instance.deploymentId };
    return move('starting', 'found at rerobots after an unanswered booking', { patch });
  }
  const reservation = unowned.reservations.find((one) => fits(one, one.createdAt));
  if (reservation) {
    const patch = { upstream_id: reservation.id };
    return move('queued', 'found in the queue after an unanswered booking', { patch });
  }
  if (now - booking.requested_at < matchForMs) return wait;
  return lost(
    'rerobots never answered this booking, and no instance or reservation of it is to be found. Book again.',
  );
}

/** Times and places the upstream knows better than the booking. */
function factsOf(booking: BookingRow, instance: RobotInstance): BookingPatch {
  const startedAt = instance.startedAt ?? booking.started_at;
  const wanted = booking.expires_in_seconds;
  const reckoned = startedAt !== null && wanted !== null ? startedAt + wanted * 1_000 : null;
  return {
    deployment_id: instance.deploymentId ?? booking.deployment_id,
    region: instance.region ?? booking.region,
    started_at: startedAt,
    ends_at: instance.expiresAt ?? reckoned,
    ...(instance.endedAt === null ? {} : { ended_at: instance.endedAt }),
  };
}

function initFailed(booking: BookingRow): Failure {
  const start = booking.upstream_id === null ? '' : ` (instance ${booking.upstream_id})`;
  return {
    code: 'init-fail',
    message:
      `The robot did not start${start}: its device refused or did not answer, or someone else booked it in the same ` +
      'moment. Nothing is running. Book again, or take another robot.',
  };
}

function lost(message: string): BookingDecision {
  return move('lost', 'what became of it can not be told', { failure: { code: 'lost', message } });
}

function move(
  to: BookingState,
  cause: string,
  more: { failure?: Failure; patch?: BookingPatch } = {},
): BookingDecision {
  return { kind: 'move', to, cause, ...more };
}
