import type { Clock } from '../clock.ts';

export type CacheItem = { scope: string; expires: string; key: string; value: string };

/** Scope and key are the address; `expires` is a lifetime, not a date (Cycle internal API spec). */
export type ObjectCache = {
  save(item: CacheItem, lifetimeMs: number): void;
  read(scope: string, key: string): CacheItem | undefined;
};

export function createObjectCache(clock: Clock): ObjectCache {
  const items = new Map<string, { item: CacheItem; until: number }>();
  const address = (scope: string, key: string) => JSON.stringify([scope, key]);
  return {
    save: (item, lifetimeMs) =>
      void items.set(address(item.scope, item.key), { item, until: clock.now() + lifetimeMs }),
    read(scope, key) {
      const kept = items.get(address(scope, key));
      if (kept && kept.until > clock.now()) return kept.item;
      items.delete(address(scope, key));
      return undefined;
    },
  };
}
