import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

import { topologySearch } from './search.ts';
import type { TopologySearch } from './search.ts';

/** Replaces parts of the page's address; undefined takes a part out. */
export type ChangeSearch = (change: Partial<TopologySearch>) => void;

/** What the page's address says, and a way to change it without a step in the browser's history. */
export function useTopologySearch(): [TopologySearch, ChangeSearch] {
  const search = topologySearch.parse(useSearch({ strict: false }));
  const navigate = useNavigate();
  const change = useCallback<ChangeSearch>(
    (changed) =>
      void navigate({
        to: '/topology',
        search: (before: TopologySearch) => ({ ...before, ...changed }),
        replace: true,
      }),
    [navigate],
  );
  return [search, change];
}
