import { lookup } from 'node:dns/promises';

import type { Clock } from '../../lib/clock.ts';

/** How long a DNS answer is cached: shards change with deployments, not within seconds. */
const KEEP_MS = 10_000;

export type AddressBook = {
  /** Rejects where the name can't be resolved and never was. */
  addresses(): Promise<string[]>;
  /** As last resolved; null before that. */
  readonly count: number | null;
};

/**
 * A shard is each address the service's name resolves to ("Cycle environment services: each scheduler instance owns a
 * share of the pool"). `fixed` replaces the name. Only the system's preferred address family is used: a shard with both
 * would count twice.
 */
export function createAddressBook(options: { host: string; fixed: string[]; clock: Clock }): AddressBook {
  const { host, fixed, clock } = options;
  let known: { addresses: string[]; at: number } | null = null;
  return {
    get count() {
      return fixed.length > 0 ? fixed.length : (known?.addresses.length ?? null);
    },
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
