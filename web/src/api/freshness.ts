import type { Freshness } from '@cyclorama/shared/common.ts';

/** What a query's answer says of its age, where it says anything. */
export function freshnessOf(data: unknown): Freshness | undefined {
  if (typeof data !== 'object' || data === null || !('freshness' in data)) return undefined;
  // The contract gives the name `freshness` to one shape only.
  return data.freshness as Freshness;
}
