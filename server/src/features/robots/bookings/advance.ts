import type { Failure } from '@cyclorama/shared/common.ts';
import type { BookingState } from '@cyclorama/shared/robots.ts';
import { isEndByLimit } from '@cyclorama/shared/rules/bookings.ts';

import type { BookingPatch, BookingRow } from '../../../store/bookings.ts';
import type { ListedInstance, Reservation, RobotInstance } from '../../../upstream/rerobots/client.ts';
import { endedOutside, initFailed, lostRace, outsideCode, reservationGone } from './failures/failures.ts';
import { RACE_DETECTION_MS, RESERVATION_GAP_MS, SILENT_MISSING_MS } from './rules.ts';

export type BookingDecision =
  | { kind: 'wait' }
  | { kind: 'terminate' }
  | { kind: 'cancel' }
  /** New facts without a change of state. */
  | { kind: 'learn'; patch: BookingPatch }
  | { kind: 'move'; to: BookingState; cause: string; failure?: Failure; patch?: BookingPatch };

const wait: BookingDecision = { kind: 'wait' };

/** `instance` is null if rerobots does not know the id, which has lasted `missingForMs`. */
export type ObservedInstance = { instance: RobotInstance | null; missingForMs: number; now: number };

export function advanceInstance(booking: BookingRow, observed: ObservedInstance): BookingDecision {
  const { instance, missingForMs, now } = observed;
  if (instance === null) return advanceMissing(booking, missingForMs, now);
  const patch = factsOf(booking, instance, now);
  switch (instance.status) {
    case 'READY':
      return advanceReady(booking, patch, now);
    case 'INIT':
      if (booking.state === 'queued') return move('starting', 'the robot became free', undefined, patch);
      return booking.started_at === null ? { kind: 'learn', patch } : wait;
    case 'INIT_FAIL':
      return move('failed', 'the robot could not be started', failedStart(booking, instance, now), patch);
    case 'TERMINATING':
      if (booking.state === 'terminating') return advanceTerminating(booking);
      return move('terminating', 'rerobots is terminating it', endFailure(booking, now), patch);
    case 'TERMINATED':
      return move('terminated', 'it was terminated', endFailure(booking, instance.endedAt ?? now), patch);
    default:
      return wait;
  }
}

/**
 * The launch was answered with success, so however long the instance is unknown it may run or still start: a worker
 * creates it minutes later where it is busy ("rerobots API", as observed).
 */
function advanceMissing(booking: BookingRow, missingForMs: number, now: number): BookingDecision {
  if (booking.missing_since !== null || missingForMs < SILENT_MISSING_MS) return wait;
  const launchedAt = booking.started_at === null ? booking.sent_at : null;
  return { kind: 'learn', patch: { missing_since: launchedAt ?? now - missingForMs } };
}

/** The request got there after all, so its failure is none any more. */
function advanceTerminating(booking: BookingRow): BookingDecision {
  if (booking.failure_code === null || booking.failure_code === outsideCode) return wait;
  return move('terminating', 'rerobots is terminating it', undefined, { termination_requested: 0 });
}

function advanceReady(booking: BookingRow, patch: BookingPatch, now: number): BookingDecision {
  if (booking.termination_requested === 1) return { kind: 'terminate' };
  if (booking.state === 'ready' || booking.state === 'terminating') return wait;
  return move('ready', 'the robot is ready', undefined, { ...patch, ready_at: now });
}

export function advanceQueued(
  booking: BookingRow,
  lists: { instances: ListedInstance[]; reservations: Reservation[] },
  goneForMs: number,
): BookingDecision {
  const instance = lists.instances.find((one) => one.id === booking.upstream_id);
  if (instance) {
    const patch: BookingPatch = { deployment_id: instance.deploymentId ?? booking.deployment_id };
    if (instance.startedAt !== null) patch.started_at = instance.startedAt;
    return move('starting', 'the robot became free', undefined, patch);
  }
  const requested = booking.termination_requested === 1;
  if (lists.reservations.some((one) => one.id === booking.upstream_id)) {
    return requested ? { kind: 'cancel' } : wait;
  }
  if (requested) return move('cancelled', 'no longer in the queue');
  if (goneForMs < RESERVATION_GAP_MS) return wait;
  return move('cancelled', 'no longer in the queue, and no robot was started', reservationGone);
}

function factsOf(booking: BookingRow, instance: RobotInstance, now: number): BookingPatch {
  const startedAt = instance.startedAt ?? booking.started_at ?? now;
  const requestedSeconds = booking.expires_in_seconds;
  const estimated = requestedSeconds === null ? booking.ends_at : startedAt + requestedSeconds * 1_000;
  return {
    deployment_id: instance.deploymentId ?? booking.deployment_id,
    region: instance.region ?? booking.region,
    started_at: startedAt,
    ends_at: instance.expiresAt ?? estimated,
    ...(instance.endedAt === null ? {} : { ended_at: instance.endedAt }),
  };
}

/**
 * Of two simultaneous launches the loser never becomes INIT, and a device takes seconds to refuse ("rerobots API", as
 * observed). So a start that failed before it was ever seen lost a race, unless it was read too late to tell.
 */
function failedStart(booking: BookingRow, instance: RobotInstance, now: number): Failure {
  const raced =
    booking.started_at === null &&
    instance.startedAt !== null &&
    now - instance.startedAt < RACE_DETECTION_MS;
  return raced ? lostRace(instance.id) : initFailed(instance.id);
}

/** A termination nobody here requested: by the time limit (no failure) or by someone at rerobots. */
function endFailure(booking: BookingRow, endedAt: number): Failure | undefined {
  if (booking.failure_code === outsideCode) return endedOutside;
  if (booking.state === 'terminating' || booking.termination_requested === 1) return undefined;
  const byLimit = booking.ends_at !== null && isEndByLimit(endedAt, booking.ends_at);
  return byLimit ? undefined : endedOutside;
}

function move(to: BookingState, cause: string, failure?: Failure, patch?: BookingPatch): BookingDecision {
  return {
    kind: 'move',
    to,
    cause,
    ...(failure ? { failure } : {}),
    ...(patch ? { patch } : {}),
  };
}
