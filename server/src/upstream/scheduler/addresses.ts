import { lookup } from 'node:dns/promises';

import type { Clock } from '../../lib/clock.ts';

/** DNS answers are kept this long: shards come and go with deployments, not within seconds. */
const KEEP_MS = 10_000;

export type AddressBook = {
  /** Addresses of all scheduler shards. Rejects where the name can't be resolved and never could be. */
  addresses(): Promise<string[]>;
};

/**
 * The scheduler's shards: every address the service's name stands for ("Cycle environment services: each scheduler
 * instance owns a share of the pool"). `fixed` addresses take the place of the name's. A name with both families is
 * one shard with two addresses, so only the family the system prefers is used.
 */
export function createAddressBook(options: { host: string; fixed: string[]; clock: Clock }): AddressBook {
  const { host, fixed, clock } = options;
  let known: { addresses: string[]; at: number } | null = null;
  return {
    async addresses() {
      if (fixed.length > 0) return fixed;
      if (known && clock.now() - known.at < KEEP_MS) return known.addresses;
      try {
        const found = await lookup(host, { all: true });
        const family = found[0]?.family;
        const addresses = found.filter((entry) => entry.family === family).map((entry) => entry.address);
        known = { addresses: addresses.toSorted(), at: clock.now() };
      } catch (error) {
        if (!known) throw error;
      }
      return known.addresses;
    },
  };
}
