import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

import type { Logger } from '../../../lib/logger.ts';
import { isThisMachine } from '../../../lib/this-machine.ts';

/** Below this path rerobots tells that something changed; what follows is the secret of one booking. */
export const HOOK_PATH = '/api/hooks/rerobots';

type Options = {
  /** Seals cookies and stored tokens; the hook's own key is derived from it. */
  secret: string;
  publicUrl: string | null;
  rerobotsUrl: string;
  /** The instance or reservation of a booking; null where it has none yet or is unknown. */
  upstreamIdOf: (bookingId: string) => Promise<string | null>;
  readSoon: (upstreamId: string) => void;
  logger: Logger;
};

export type RobotHook = {
  /** What a launch tells rerobots as `eurl`; null where rerobots could not reach it. Holds a secret: never logged. */
  callbackUrlOf(bookingId: string): string | null;
  /** Makes the booking look again if the path's last part is its secret; does nothing else, and never throws. */
  heard(secretPart: string): Promise<void>;
};

/**
 * The callback address of each booking (`eurl`, "rerobots API reference"). Whoever calls it may be anyone and is
 * believed nothing: the call is a hint to look at the upstream, where the facts are.
 */
export function createRobotHook(options: Options): RobotHook {
  const { publicUrl, upstreamIdOf, readSoon, logger } = options;
  const key = Buffer.from(hkdfSync('sha256', options.secret, 'cyclorama', 'rerobots-hook', 32));
  const sealOf = (bookingId: string): Buffer => createHmac('sha256', key).update(bookingId).digest();
  const base =
    publicUrl !== null && canReach(publicUrl, options.rerobotsUrl) ? new URL(publicUrl).origin : null;

  const bookingOf = (secretPart: string): string | null => {
    const [bookingId = '', given = ''] = secretPart.split('.', 2);
    const seal = Buffer.from(given, 'base64url');
    const expected = sealOf(bookingId);
    return seal.length === expected.length && timingSafeEqual(seal, expected) ? bookingId : null;
  };

  return {
    callbackUrlOf: (bookingId) =>
      base && `${base}${HOOK_PATH}/${bookingId}.${sealOf(bookingId).toString('base64url')}`,
    async heard(secretPart) {
      const bookingId = bookingOf(secretPart);
      if (bookingId === null) return;
      try {
        const upstreamId = await upstreamIdOf(bookingId);
        if (upstreamId !== null) readSoon(upstreamId);
      } catch (error) {
        logger.warn(
          { err: error, bookingId },
          'a callback of rerobots came to nothing; the booking is read anyway',
        );
      }
    },
  };
}

/**
 * Whether a service there can call an address here: not this very machine's from elsewhere, and over the internet only
 * by https, since the path is a secret.
 */
function canReach(publicUrl: string, from: string): boolean {
  const [here, there] = [new URL(publicUrl), new URL(from)];
  if (isThisMachine(there.hostname)) return true;
  return here.protocol === 'https:' && !isThisMachine(here.hostname);
}
