const ORDER = ['unhealthy', 'failed', 'starting', 'stopping', 'running', 'stopped'];

/** Counts by state, the most urgent first, states this page doesn't know last; nothing for a count of zero. */
export function tallyRows(counts: Readonly<Record<string, number>>): { state: string; count: number }[] {
  const place = (state: string) => (ORDER.includes(state) ? ORDER.indexOf(state) : ORDER.length);
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => ({ state, count }))
    .sort((a, b) => place(a.state) - place(b.state) || a.state.localeCompare(b.state));
}
