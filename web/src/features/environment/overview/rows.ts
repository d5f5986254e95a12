import type { Overview } from '@cyclorama/shared/environment.ts';
import { wellBeing } from '@cyclorama/shared/topology.ts';

const ORDER: readonly string[] = wellBeing.options;

/** Counts by state, worst first, unknown states last, zero counts left out. */
export function tallyRows(counts: Readonly<Record<string, number>>): { state: string; count: number }[] {
  const place = (state: string) => (ORDER.includes(state) ? ORDER.indexOf(state) : ORDER.length);
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => ({ state, count }))
    .sort((a, b) => place(a.state) - place(b.state) || a.state.localeCompare(b.state));
}

/** The open claims as parts that add up to all; the last two only where there are any. */
export function claimParts({ running, waiting, starting, releasing }: Overview['claims']): string[] {
  const rare = Object.entries({ starting, releasing }).filter(([, count]) => count > 0);
  return Object.entries({ running, waiting, ...Object.fromEntries(rare) }).map(
    ([label, count]) => `${count.toLocaleString('en')} ${label}`,
  );
}

/** The robots as parts that add up to all; the last two only where there are any. */
export function robotParts({ ours, free, heldByOthers, unavailable, unknown }: Overview['robots']): string[] {
  return [
    `Ours ${ours}`,
    `free ${free}`,
    `held by others ${heldByOthers}`,
    ...(unavailable > 0 ? [`unavailable ${unavailable}`] : []),
    ...(unknown > 0 ? [`not read yet ${unknown}`] : []),
  ];
}
