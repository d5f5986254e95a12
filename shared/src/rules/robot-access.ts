import type { AccessPart } from '../robot-access.ts';
import type { Booking } from '../robots.ts';
import { endedReasons } from './bookings.ts';
import { actorRefusal } from './roles.ts';
import type { Person } from './roles.ts';

type Subject = Pick<Booking, 'state' | 'vpn' | 'instanceId' | 'waiting'>;

/** rerobots sets up a VPN at launch only. */
export function partRefusal(part: AccessPart, { vpn }: Pick<Booking, 'vpn'>): string | null {
  return part === 'firewall' || vpn
    ? null
    : 'VPN was not requested with this booking and can’t be added later.';
}

/** Firewall and VPN exist from READY on. */
export function reachRefusal(
  part: AccessPart,
  booking: Pick<Subject, 'state' | 'instanceId' | 'waiting'>,
): string | null {
  if (booking.state === 'ready' && booking.instanceId !== null) return booking.waiting?.message ?? null;
  return endedReasons[booking.state] ?? `There is no ${part} before the robot is ready.`;
}

export function accessRefusal(
  part: AccessPart,
  booking: Subject & Pick<Booking, 'owner'>,
  person: Person,
): string | null {
  return actorRefusal(booking, person) ?? partRefusal(part, booking) ?? reachRefusal(part, booking);
}
