import type { Kysely } from 'kysely';

import { AppError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Service } from '../../lib/service.ts';
import { passkeyOwners, passkeysOf } from '../../store/passkeys.ts';
import type { Database } from '../../store/schema.ts';

const REFRESH_MS = 60_000;

/**
 * Who has a passkey. Remembered, as people sign in also while the store can't be used: whoever was known to have one
 * is refused then, and nobody else.
 */
export type PasskeyOwners = Service & {
  /** @throws AppError `store-unavailable` for who was known to have one. */
  includes(person: string): Promise<boolean>;
};

export function createPasskeyOwners({ db, logger }: { db: Kysely<Database>; logger: Logger }): PasskeyOwners {
  let known = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const refresh = async (): Promise<void> => {
    try {
      known = new Set(await passkeyOwners(db));
    } catch (error) {
      logger.warn({ err: error }, 'the list of who has a passkey could not be read');
    }
  };
  return {
    async includes(person) {
      try {
        const has = (await passkeysOf(db, person)).length > 0;
        if (has) known.add(person);
        else known.delete(person);
        return has;
      } catch (error) {
        const isOutage = error instanceof AppError && error.code === 'store-unavailable';
        if (!isOutage || known.has(person)) throw error;
        return false;
      }
    },
    async start() {
      await refresh();
      timer = setInterval(() => void refresh(), REFRESH_MS).unref();
    },
    stop() {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
