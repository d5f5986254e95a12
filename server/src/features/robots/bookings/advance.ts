import type { Failure } from '@cyclorama/shared/common.ts';
import type { BookingState } from '@cyclorama/shared/robots.ts';

import type { BookingPatch, BookingRow } from '../../../store/bookings.ts';
import type { ListedInstance, Reservation, RobotInstance } from '../../../upstream/rerobots/client.ts';
import {
  endedOutside,
  initFailed,
  instanceGone,
  lostRace,
  outsideCode,
  queueGone,
} from './failures/failures.ts';
import { LIMIT_SLACK_MS, RACE_TOLD_MS, UNKNOWN_TOLERATED_MS } from './rules.ts';

export type BookingDecision =
  | { kind: 'wait' }
  /** Carry out what was requested: end a robot that runs, or leave the queue. */
  | { kind: 'terminate' }
  | { kind: 'cancel' }
  /** It is where it was, but more is known of it. */
  | { kind: 'learn'; patch: BookingPatch }
  | { kind: 'move'; to: BookingState; cause: string; failure?: Failure; patch?: BookingPatch };

const wait: BookingDecision = { kind: 'wait' };

/** What `GET /instance/:id` says at `now`; null where the id is unknown, for `missingForMs` already. */
export type SeenInstance = { instance: RobotInstance | null; missingForMs: number; now: number };

/** Decides from a booking with an instance id and the upstream's own view what became of it. */
export function advanceInstance(booking: BookingRow, seen: SeenInstance): BookingDecision {
  const { instance, missingForMs, now } = seen;
  if (instance === null)
    return missingForMs < UNKNOWN_TOLERATED_MS
      ? wait
      : move('lost', 'what became of it can not be told', instanceGone);
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
      if (booking.state === 'terminating') return wait;
      return move('terminating', 'it is being terminated', whoEnded(booking, now), patch);
    case 'TERMINATED':
      return move('terminated', 'it was terminated', whoEnded(booking, instance.endedAt ?? now), patch);
    default:
      return wait;
  }
}

function advanceReady(booking: BookingRow, patch: BookingPatch, now: number): BookingDecision {
  if (booking.termination_requested === 1) return { kind: 'terminate' };
  if (booking.state === 'ready' || booking.state === 'terminating') return wait;
  return move('ready', 'the robot is ready', undefined, { ...patch, ready_at: now });
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
    return move('starting', 'the robot became free', undefined, patch);
  }
  const requested = booking.termination_requested === 1;
  if (lists.reservations.some((one) => one.id === booking.upstream_id)) {
    return requested ? { kind: 'cancel' } : wait;
  }
  if (requested) return move('cancelled', 'no longer in the queue');
  if (goneForMs < UNKNOWN_TOLERATED_MS) return wait;
  return move('cancelled', 'no longer in the queue, and no robot came of it', queueGone);
}

/** Times and places the upstream knows better than the booking. */
function factsOf(booking: BookingRow, instance: RobotInstance, now: number): BookingPatch {
  const startedAt = instance.startedAt ?? booking.started_at ?? now;
  const wanted = booking.expires_in_seconds;
  const reckoned = wanted === null ? booking.ends_at : startedAt + wanted * 1_000;
  return {
    deployment_id: instance.deploymentId ?? booking.deployment_id,
    region: instance.region ?? booking.region,
    started_at: startedAt,
    ends_at: instance.expiresAt ?? reckoned,
    ...(instance.endedAt === null ? {} : { ended_at: instance.endedAt }),
  };
}

/**
 * The loser of two launches in one moment never is INIT, and a device takes seconds to refuse ("rerobots API", as
 * observed): a start that failed before it was ever seen lost such a race, unless nobody looked for too long to tell.
 */
function failedStart(booking: BookingRow, instance: RobotInstance, now: number): Failure {
  const raced =
    booking.started_at === null && instance.startedAt !== null && now - instance.startedAt < RACE_TOLD_MS;
  return raced ? lostRace(instance.id) : initFailed(instance.id);
}

/** Who ended what nobody here asked to end: its time limit (then there is nothing to explain), or someone elsewhere. */
function whoEnded(booking: BookingRow, endedAt: number): Failure | undefined {
  if (booking.failure_code === outsideCode) return endedOutside;
  if (booking.state === 'terminating' || booking.termination_requested === 1) return undefined;
  const byLimit = booking.ends_at !== null && endedAt >= booking.ends_at - LIMIT_SLACK_MS;
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
