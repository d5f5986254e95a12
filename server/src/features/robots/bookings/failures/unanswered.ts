import { candidatesOf } from '../../../../store/bookings.ts';
import type { BookingRow } from '../../../../store/bookings.ts';
import type { ListedInstance, Reservation } from '../../../../upstream/rerobots/client.ts';
import type { BookingDecision } from '../advance.ts';
import { MATCH_FOR_MS } from '../rules.ts';
import { neverAnswered } from './failures.ts';

/** How far the clocks may differ; reservations give their time only to the minute. */
const INSTANCE_LEEWAY_MS = 30_000;
const RESERVATION_LEEWAY_MS = 60_000;

/**
 * Finds the instance or reservation of an unanswered booking: of its target, owned by nobody, not older than the
 * request, and closest to it in time. A booking that was never sent matches nothing.
 */
export function matchUnanswered(
  booking: BookingRow,
  unowned: { instances: ListedInstance[]; reservations: Reservation[] },
  now: number,
): BookingDecision {
  const sentAt = booking.sent_at;
  if (sentAt === null) return { kind: 'wait' };
  const nearest = <T extends Found>(
    all: T[],
    at: (one: T) => number | null,
    leewayMs: number,
  ): T | undefined =>
    all
      .filter((one) => matches(booking, one) && (at(one) ?? sentAt) >= sentAt - leewayMs)
      .toSorted((a, b) => Math.abs((at(a) ?? sentAt) - sentAt) - Math.abs((at(b) ?? sentAt) - sentAt))[0];
  const instance = nearest(unowned.instances, (one) => one.startedAt, INSTANCE_LEEWAY_MS);
  if (instance) {
    const patch = { upstream_id: instance.id, deployment_id: instance.deploymentId ?? booking.deployment_id };
    return { kind: 'move', to: 'starting', cause: 'found at rerobots after an unanswered booking', patch };
  }
  const mayQueue = booking.reserve === 1 ? unowned.reservations : [];
  const reservation = nearest(mayQueue, (one) => one.createdAt, RESERVATION_LEEWAY_MS);
  if (reservation) {
    const patch = { upstream_id: reservation.id };
    return { kind: 'move', to: 'queued', cause: 'found in the queue after an unanswered booking', patch };
  }
  if (now - sentAt < MATCH_FOR_MS) return { kind: 'wait' };
  return { kind: 'move', to: 'lost', cause: 'outcome unknown', failure: neverAnswered };
}

type Found = { deploymentId: string | null; type: string | null };

function matches(booking: BookingRow, { deploymentId, type }: Found): boolean {
  if (booking.deployment_id !== null && deploymentId !== null) return deploymentId === booking.deployment_id;
  const candidates = candidatesOf(booking);
  if (candidates !== null && deploymentId !== null) return candidates.includes(deploymentId);
  return type === null ? booking.deployment_id === null : type === booking.type;
}
