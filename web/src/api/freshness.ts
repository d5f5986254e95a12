import type { Freshness } from '@cyclorama/shared/common.ts';

export function freshnessOf(data: unknown): Freshness | undefined {
  if (typeof data !== 'object' || data === null || !('freshness' in data)) return undefined;
  // In the contract `freshness` always has this shape.
  return data.freshness as Freshness;
}
