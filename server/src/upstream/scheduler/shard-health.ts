import type { UpstreamHealth } from '../health.ts';

/**
 * Healthy only while no shard is known to fail, so that one good shard does not hide a bad one. `of(address)` is what
 * that shard's requester reports to; `keep` drops shards that are gone.
 */
export function createShardHealth(health: UpstreamHealth): {
  of(address: string): UpstreamHealth;
  keep(addresses: string[]): void;
} {
  const failing = new Map<string, Parameters<UpstreamHealth['failed']>>();
  return {
    keep(addresses) {
      for (const address of failing.keys()) if (!addresses.includes(address)) failing.delete(address);
    },
    of: (address) => ({
      ...health,
      succeeded() {
        failing.delete(address);
        const other = [...failing.values()][0];
        if (other === undefined) health.succeeded();
        else health.failed(...other);
      },
      failed(...fault) {
        failing.set(address, fault);
        health.failed(...fault);
      },
    }),
  };
}
