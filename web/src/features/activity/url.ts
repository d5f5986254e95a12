import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import { activitySearch } from './search.ts';
import type { ActivitySearch } from './search.ts';

/** The log's filters as its URL keeps them, and the way to change them. */
export function useActivityUrl(): [ActivitySearch, (change: Partial<ActivitySearch>) => void] {
  const raw = useSearch({ strict: false });
  const search = useMemo(() => activitySearch.parse(raw), [raw]);
  const navigate = useNavigate();
  const set = useCallback(
    (change: Partial<ActivitySearch>) =>
      void navigate({ to: '/activity', search: { ...search, ...change }, replace: true }),
    [navigate, search],
  );
  return [search, set];
}
