import type { Booking } from '@cyclorama/shared/robots.ts';
import { roleAllows } from '@cyclorama/shared/rules/roles.ts';

import { isOpen } from '../rules.ts';
import type { Person } from '../rules.ts';

type Subject = Pick<Booking, 'state' | 'owner' | 'vpn'>;
type AccessPart = 'firewall' | 'vpn';

const whats: Record<AccessPart, string> = { firewall: 'its firewall', vpn: 'its VPN' };

/**
 * Why a person may not see and change a booking's firewall or VPN now, or null where they may. rerobots checks nobody
 * (observed of its API), so that only the owner or an admin may is Cyclorama's own rule; both exist from READY on.
 */
export function accessRefusal(part: AccessPart, booking: Subject, person: Person): string | null {
  if (!roleAllows(person.role, 'operator'))
    return 'A viewer can look, not act: this asks for the operator role';
  if (person.role !== 'admin' && booking.owner !== person.name) {
    return `Only ${booking.owner ?? 'an admin'}${booking.owner === null ? '' : ' or an admin'} can see and change ${whats[part]}`;
  }
  if (part === 'vpn' && !booking.vpn)
    return 'VPN was not asked for with this booking; it can’t be added later';
  if (booking.state === 'ready') return null;
  return isOpen(booking)
    ? `There is no ${part === 'vpn' ? 'VPN' : 'firewall'} before the robot is ready`
    : 'The booking has ended';
}

/** Why a person may not give a booking to another, or null where they may. */
export function handOverRefusal(booking: Pick<Booking, 'state' | 'owner'>, person: Person): string | null {
  if (!isOpen(booking) || booking.state === 'terminating') return 'It has ended, or is about to';
  if (!roleAllows(person.role, 'operator'))
    return 'A viewer can look, not act: this asks for the operator role';
  if (person.role === 'admin' || booking.owner === person.name) return null;
  if (booking.owner === null) return 'Nobody booked this here: only an admin can give it to somebody';
  return `Only ${booking.owner} or an admin can hand it over`;
}
