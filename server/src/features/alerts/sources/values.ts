import type { AlertMeasure } from '@cyclorama/shared/alerts.ts';
import type { Measure } from '@cyclorama/shared/telemetry.ts';

/** Current values by instance id, in the measure's own unit; one that is not measured now is left out. */
export type Values = ReadonlyMap<string, number>;
export type Latest = (measure: Measure) => Promise<Values>;

/** Of `memoryShare`, per cent of what each may use; one without a limit is left out. */
export async function currentValues(latest: Latest, measure: AlertMeasure): Promise<Values> {
  if (measure !== 'memoryShare') return await latest(measure);
  const [used, limits] = await Promise.all([latest('memory'), latest('memoryLimit')]);
  const shares = new Map<string, number>();
  for (const [id, value] of used) {
    const limit = limits.get(id) ?? 0;
    if (limit > 0) shares.set(id, (100 * value) / limit);
  }
  return shares;
}

export const holdsFor = (
  { than, threshold }: { than: 'above' | 'below'; threshold: number },
  value: number,
): boolean => (than === 'above' ? value > threshold : value < threshold);
