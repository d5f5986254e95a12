import type { Booking } from '../robots.ts';
import { endedReasons } from './bookings.ts';
import { actorRefusal } from './roles.ts';
import type { Person } from './roles.ts';

export type AccessPart = 'firewall' | 'VPN';
type Subject = Pick<Booking, 'state' | 'vpn' | 'instanceId'>;

/** Why a booking has no such part at all, or null where it has: rerobots sets a VPN up at the launch only. */
export function partRefusal(part: AccessPart, { vpn }: Pick<Booking, 'vpn'>): string | null {
  return part === 'firewall' || vpn
    ? null
    : 'VPN was not requested with this booking and can’t be added later.';
}

/** Why a booking's robot can't be reached now, or null where it can: firewall and VPN exist from READY on. */
export function reachRefusal(
  part: AccessPart,
  booking: Pick<Subject, 'state' | 'instanceId'>,
): string | null {
  if (booking.state === 'ready' && booking.instanceId !== null) return null;
  return endedReasons[booking.state] ?? `There is no ${part} before the robot is ready.`;
}

/** Why a person may not see and change a booking's firewall or VPN now, or null where they may. */
export function accessRefusal(
  part: AccessPart,
  booking: Subject & Pick<Booking, 'owner'>,
  person: Person,
): string | null {
  return actorRefusal(booking, person) ?? partRefusal(part, booking) ?? reachRefusal(part, booking);
}
