import { BlockList, isIPv4 } from 'node:net';

import type { Booking } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import { partRefusal, reachRefusal } from '@cyclorama/shared/rules/robot-access.ts';
import type { AccessPart } from '@cyclorama/shared/rules/robot-access.ts';

import { AppError } from '../../../lib/errors.ts';
import { refuseIf } from '../../../lib/refuse.ts';
import { refusedAs } from '../../../upstream/rerobots/errors.ts';

/** A booking whose robot can be reached now. */
export type ReadyBooking = Booking & { instanceId: string };

/**
 * @throws AppError `not-allowed-now` where the robot has no such part, or is not ready: before, a rule is taken and lost
 * (observed).
 */
export function checkReachable(part: AccessPart, booking: Booking): asserts booking is ReadyBooking {
  refuseIf(partRefusal(part, booking), 'Book again with VPN.');
  const hint = isOpenBooking(booking) ? 'Wait until it is ready.' : undefined;
  refuseIf(reachRefusal(part, booking), hint);
}

const innerNetworks = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  innerNetworks.addSubnet(network, prefix);
}

/** Where a person comes from, as far as the trusted proxies tell; `inner` where rerobots is on this machine too. */
export type From = { clientAddress: string | null; inner: boolean };

/**
 * The address a robot sees the person come from; null where that can't be told: the firewall knows IPv4 only, and an
 * address of a private network, as over a VPN to the dashboard, is another one on the internet.
 */
export function ownIpv4({ clientAddress, inner }: From): string | null {
  if (clientAddress === null || !isIPv4(clientAddress)) return null;
  return inner || !innerNetworks.check(clientAddress) ? clientAddress : null;
}

/** The source of a rule: the given one, or the person's own. @throws AppError `invalid-request` where there is none. */
export function ruleSource(given: string | undefined, from: From): string {
  const source = given ?? ownIpv4(from);
  if (source !== null) return source;
  throw new AppError(
    'invalid-request',
    `${whyNoAddress(from)}: body.source: expected an IPv4 address of yours.`,
    {
      field: 'body.source',
      hint: 'Give the public IPv4 address you will connect from; nothing was opened.',
    },
  );
}

function whyNoAddress({ clientAddress }: From): string {
  if (clientAddress === null) return 'The server can’t tell your address';
  if (isIPv4(clientAddress))
    return `You come from ${clientAddress}, an address of a private network that robots don’t see`;
  return 'You come from an IPv6 address, and the robot’s firewall knows IPv4 only';
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
