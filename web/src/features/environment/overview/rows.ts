import type { Overview } from '@cyclorama/shared/environment.ts';

const ORDER = ['unhealthy', 'failed', 'starting', 'stopping', 'running', 'stopped'];

/** Counts by state, most urgent first, unknown states last, zero counts left out. */
export function tallyRows(counts: Readonly<Record<string, number>>): { state: string; count: number }[] {
  const place = (state: string) => (ORDER.includes(state) ? ORDER.indexOf(state) : ORDER.length);
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => ({ state, count }))
    .sort((a, b) => place(a.state) - place(b.state) || a.state.localeCompare(b.state));
}

/** The robots as parts that add up to all of them: held by the account, free, held by others, not online. */
export function robotParts({ deployments, online, free, inUse }: Overview['robots']): string[] {
  const others = Math.max(0, online - free - inUse);
  const offline = deployments - online;
  return [
    `Ours ${inUse}`,
    `free ${free}`,
    `held by others ${others}`,
    ...(offline > 0 ? [`not online ${offline}`] : []),
  ];
}
