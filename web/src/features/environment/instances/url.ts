import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import { instancesSearch } from './search.ts';
import type { InstancesSearch } from './search.ts';

/** The list's view as its URL keeps it, and the way to change part of it. */
export function useInstancesUrl(): [InstancesSearch, (change: Partial<InstancesSearch>) => void] {
  const raw = useSearch({ strict: false });
  const search = useMemo(() => instancesSearch.parse(raw), [raw]);
  const navigate = useNavigate();
  const set = useCallback(
    (change: Partial<InstancesSearch>) =>
      void navigate({ to: '/instances', search: { ...search, ...change }, replace: true }),
    [navigate, search],
  );
  return [search, set];
}
