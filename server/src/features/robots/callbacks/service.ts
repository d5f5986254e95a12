import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

import type { Logger } from '../../../lib/logger.ts';
import type { Secrets } from '../../../lib/secret-box.ts';
import { isThisMachine } from '../../../lib/this-machine.ts';

export const HOOK_PATH = '/api/hooks/rerobots';

type Options = {
  /** The hook's key is derived from it. */
  secrets: Secrets;
  publicUrl: string | null;
  rerobotsUrl: string;
  /** Null if the booking is unknown or has no instance or reservation yet. */
  upstreamIdOf: (bookingId: string) => Promise<string | null>;
  pollSoon: (upstreamId: string) => void;
  logger: Logger;
};

export type RobotHook = {
  /** The `eurl` of a launch; null if rerobots can't reach it. Contains a secret: never log it. */
  callbackUrlOf(bookingId: string): string | null;
  /** Makes a read of the booking due if the secret is valid; never throws. */
  receive(secretPart: string): Promise<void>;
};

/**
 * The callback address of each booking (`eurl`, "rerobots API reference"). Anyone may call it, so a call is never
 * trusted: it only makes a read of the upstream due.
 */
export function createRobotHook(options: Options): RobotHook {
  const { publicUrl, upstreamIdOf, pollSoon, logger } = options;
  const sealsUnder = (secret: string): ((bookingId: string) => Buffer) => {
    const key = Buffer.from(hkdfSync('sha256', secret, 'cyclorama', 'rerobots-hook', 32));
    return (bookingId) => createHmac('sha256', key).update(bookingId).digest();
  };
  const [first, ...others] = options.secrets;
  const sealOf = sealsUnder(first);
  // Robots that were launched under an older secret call its addresses.
  const known = [sealOf, ...others.map(sealsUnder)];
  const base = publicUrl !== null && canReach(publicUrl, options.rerobotsUrl) ? publicUrl : null;

  const bookingOf = (secretPart: string): string | null => {
    const [bookingId = '', given = ''] = secretPart.split('.', 2);
    const seal = Buffer.from(given, 'base64url');
    const isSealed = known.some((under) => {
      const expected = under(bookingId);
      return seal.length === expected.length && timingSafeEqual(seal, expected);
    });
    return isSealed ? bookingId : null;
  };

  return {
    callbackUrlOf: (bookingId) =>
      base && `${base}${HOOK_PATH}/${bookingId}.${sealOf(bookingId).toString('base64url')}`,
    async receive(secretPart) {
      const bookingId = bookingOf(secretPart);
      if (bookingId === null) return;
      try {
        const upstreamId = await upstreamIdOf(bookingId);
        if (upstreamId !== null) pollSoon(upstreamId);
      } catch (error) {
        logger.warn(
          { err: error, bookingId },
          'a callback of rerobots could not be handled; the booking is read anyway',
        );
      }
    },
  };
}

/**
 * A remote service can't call an address of this machine, and must use https, since the path is a secret.
 */
function canReach(publicUrl: string, from: string): boolean {
  const [here, there] = [new URL(publicUrl), new URL(from)];
  if (isThisMachine(there.hostname)) return true;
  return here.protocol === 'https:' && !isThisMachine(here.hostname);
}
