import { topologySearch } from './search.ts';
import type { TopologySearch } from './search.ts';

/** What stands after the `?` of a saved view's address. */
export function writeView(search: TopologySearch): string {
  const kept = Object.entries(search).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return new URLSearchParams(kept.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))).toString();
}

/** Of what another version saved, only what this one knows. */
export function readView(text: string): TopologySearch {
  return topologySearch.parse(Object.fromEntries(new URLSearchParams(text)));
}

/** Whether the page shows it, whatever is selected. */
export function isShown(text: string, search: TopologySearch): boolean {
  return writeView({ ...readView(text), select: undefined }) === writeView({ ...search, select: undefined });
}
