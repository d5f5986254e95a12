import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import { containersSearch } from './search.ts';
import type { ContainersSearch } from './search.ts';

/** The list's view as its URL keeps it, and the way to change part of it. */
export function useContainersUrl(): [ContainersSearch, (change: Partial<ContainersSearch>) => void] {
  const raw = useSearch({ strict: false });
  const search = useMemo(() => containersSearch.parse(raw), [raw]);
  const navigate = useNavigate();
  const set = useCallback(
    (change: Partial<ContainersSearch>) =>
      void navigate({ to: '/containers', search: { ...search, ...change }, replace: true }),
    [navigate, search],
  );
  return [search, set];
}
