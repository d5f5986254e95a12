import { isIPv4 } from 'node:net';

import type { Booking } from '@cyclorama/shared/robots.ts';

import { AppError } from '../../errors.ts';
import { refusedAs } from '../../upstream/rerobots/errors.ts';

/** A booking whose robot can be reached now. */
export type ReadyBooking = Booking & { instanceId: string };

/** @throws AppError `not-allowed-now` where the robot is not ready: before, a rule is taken and lost (observed). */
export function checkReady(booking: Booking, what: 'firewall' | 'VPN'): asserts booking is ReadyBooking {
  if (booking.state === 'ready' && booking.instanceId !== null) return;
  const over = ['terminated', 'failed', 'refused', 'cancelled', 'lost'].includes(booking.state);
  if (over) throw new AppError('not-allowed-now', `This booking is over: it is ${booking.state}.`);
  throw new AppError('not-allowed-now', `There is no ${what} while the robot is ${booking.state}.`, {
    hint: 'Wait until it is ready.',
  });
}

/** @throws AppError `not-allowed-now` where no VPN was asked for: rerobots makes one at the launch only. */
export function checkHasVpn(booking: Booking): void {
  if (booking.vpn) return;
  throw new AppError(
    'not-allowed-now',
    'VPN was not asked for with this booking, and it can’t be added later.',
    {
      hint: 'Book again with VPN.',
    },
  );
}

/** The person's own address if the firewall can know it: IPv4 only; else null. */
export function ownIpv4(clientAddress: string | null): string | null {
  return clientAddress !== null && isIPv4(clientAddress) ? clientAddress : null;
}

/** The source of a rule: the given one, or the person's own. @throws AppError `invalid-request` where there is none. */
export function ruleSource(given: string | undefined, clientAddress: string | null): string {
  const source = given ?? ownIpv4(clientAddress);
  if (source !== null) return source;
  const why =
    clientAddress === null
      ? 'The server can’t tell your address'
      : 'You come from an IPv6 address, and the robot’s firewall knows IPv4 only';
  throw new AppError('invalid-request', `${why}: body.source: expected an IPv4 address of yours.`, {
    field: 'body.source',
    hint: 'Give the IPv4 address you will connect from; nothing was opened.',
  });
}

/** True where the list read back holds the rule; rerobots may write one address as a subnet of one. */
export function holdsRule(
  rules: { source: string; action: string }[] | null,
  rule: { source: string; action: string },
): boolean {
  const same = (source: string): boolean => source === rule.source || source === `${rule.source}/32`;
  return rules?.some(({ source, action }) => action === rule.action && same(source)) ?? false;
}

/** A refusal in the booking's own words; every other error as it is. */
export function accessError(error: unknown): unknown {
  if (refusedAs(error, 'not-found') || refusedAs(error, 'over')) {
    return new AppError('not-allowed-now', 'rerobots says this robot is not there any more.', {
      hint: 'The booking’s state is being looked up.',
      cause: error,
    });
  }
  if (refusedAs(error, 'busy')) {
    return new AppError('not-allowed-now', 'The VPN of this robot is busy or not up yet. Nothing was made.', {
      hint: 'Try again in half a minute.',
      retryAfterSeconds: 30,
      cause: error,
    });
  }
  return error;
}
