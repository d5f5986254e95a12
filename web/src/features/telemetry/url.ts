import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

import { telemetrySearch } from './search.ts';
import type { TelemetrySearch } from './search.ts';

/** The page's search parameters, and a way to change some of them; each change is a step that “back” undoes. */
export function useTelemetryUrl(): [TelemetrySearch, (change: Partial<TelemetrySearch>) => void] {
  const search = telemetrySearch.parse(useSearch({ strict: false }));
  const navigate = useNavigate();
  const setSearch = useCallback(
    (change: Partial<TelemetrySearch>) =>
      void navigate({ to: '/telemetry', search: (before: TelemetrySearch) => ({ ...before, ...change }) }),
    [navigate],
  );
  return [search, setSearch];
}
