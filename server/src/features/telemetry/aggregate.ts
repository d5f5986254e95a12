import type { Aggregate } from '@cyclorama/shared/telemetry.ts';

import { roundValue } from './resample.ts';

/** Per bucket, over what was measured in it; null where nothing was, and from the bucket `settled` on (settled.ts). */
export function aggregated(
  columns: readonly (readonly (number | null)[])[],
  count: number,
  by: Aggregate,
  settled = count,
): (number | null)[] {
  return Array.from({ length: count }, (_, bucket) => {
    if (bucket >= settled) return null;
    let known = 0;
    let sum = 0;
    let max = Number.NEGATIVE_INFINITY;
    for (const column of columns) {
      const value = column[bucket] ?? null;
      if (value === null) continue;
      known += 1;
      sum += value;
      max = Math.max(max, value);
    }
    if (known === 0) return null;
    return roundValue(by === 'sum' ? sum : by === 'max' ? max : sum / known);
  });
}
