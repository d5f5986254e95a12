import { BlockList, isIPv4 } from 'node:net';

import type { AccessPart } from '@cyclorama/shared/robot-access.ts';
import type { Booking } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import { partRefusal, reachRefusal } from '@cyclorama/shared/rules/robot-access.ts';

import { AppError } from '../../../lib/errors.ts';
import { refuseIf } from '../../../lib/refuse.ts';
import { refusedAs } from '../../../upstream/rerobots/errors.ts';

export type ReadyBooking = Booking & { instanceId: string };

/**
 * @throws AppError `not-allowed-now` if the robot has no such part or is not ready; before that rerobots accepts rules
 * and loses them (observed).
 */
export function checkReachable(part: AccessPart, booking: Booking): asserts booking is ReadyBooking {
  refuseIf(partRefusal(part, booking), 'Book again with VPN.');
  const hint = isOpenBooking(booking) ? 'Wait until it is ready.' : undefined;
  refuseIf(reachRefusal(part, booking), hint);
}

const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateNetworks.addSubnet(network, prefix);
}

/** `clientAddress` as the trusted proxies report it; `inner` if rerobots runs on this machine too. */
export type Origin = { clientAddress: string | null; inner: boolean };

/**
 * The address a robot sees for the person; null if unknown. The firewall takes IPv4 only, and a private address (as over
 * a VPN to the dashboard) is another one on the internet.
 */
export function ownIpv4({ clientAddress, inner }: Origin): string | null {
  if (clientAddress === null || !isIPv4(clientAddress)) return null;
  return inner || !privateNetworks.check(clientAddress) ? clientAddress : null;
}

/** @throws AppError `invalid-request` if no source is given and the person's own address is unknown. */
export function ruleSource(given: string | undefined, from: Origin): string {
  const source = given ?? ownIpv4(from);
  if (source !== null) return source;
  throw new AppError(
    'invalid-request',
    `${noAddressReason(from)}: body.source: expected your IPv4 address.`,
    {
      field: 'body.source',
      hint: 'Nothing was opened. Enter the public IPv4 address you will connect from.',
    },
  );
}

function noAddressReason({ clientAddress }: Origin): string {
  if (clientAddress === null) return 'The server can’t tell your address';
  if (isIPv4(clientAddress)) return `${clientAddress} is in a private network that robots don’t see`;
  return 'Your address is IPv6, and the robot’s firewall takes IPv4 only';
}

/** rerobots may write a single address as a /32. */
export function includesRule(
  rules: { source: string; action: string }[] | null,
  rule: { source: string; action: string },
): boolean {
  const same = (source: string): boolean => source === rule.source || source === `${rule.source}/32`;
  return rules?.some(({ source, action }) => action === rule.action && same(source)) ?? false;
}

export function accessError(error: unknown): unknown {
  if (refusedAs(error, 'not-found') || refusedAs(error, 'over')) {
    return new AppError('not-allowed-now', 'rerobots no longer has this robot.', {
      hint: 'Nothing was changed. The booking’s state is being checked.',
      cause: error,
    });
  }
  if (refusedAs(error, 'busy')) {
    return new AppError(
      'not-allowed-now',
      'The VPN of this robot is busy or not up yet. Nothing was created.',
      {
        hint: 'Try again in half a minute.',
        retryAfterSeconds: 30,
        cause: error,
      },
    );
  }
  return error;
}
