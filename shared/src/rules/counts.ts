import type { WellBeing } from '../topology.ts';
import { wellBeing, wellBeings } from './well-being.ts';
import type { InstanceFacts } from './well-being.ts';

/** `byState` adds up to `total`, worst first; states without any are left out. */
export type Counts = { total: number; byState: Partial<Record<WellBeing, number>> };

/** The one way to count parts, for figures, chips, lists and panels. */
export function countParts(parts: Iterable<WellBeing>): Counts {
  const counts = new Map<WellBeing, number>();
  let total = 0;
  for (const part of parts) {
    total += 1;
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  const present = wellBeings.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [[state, count] as const];
  });
  return { total, byState: Object.fromEntries(present) };
}

/** Instances of environment services are instances like all others, and always among them. */
export function countInstances(instances: readonly InstanceFacts[]): Counts {
  return countParts(instances.map(wellBeing));
}

/** Cycle's virtual machine states. A state that is not known here is changing, as with instances. */
export function wellBeingOfMachine({
  state: { current, error },
}: {
  state: { current: string; error: string | null };
}): WellBeing {
  if (error !== null) return 'failed';
  if (current === 'running') return 'running';
  return current === 'stopped' || current === 'deleted' ? 'stopped' : 'changing';
}
