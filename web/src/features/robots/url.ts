import { useNavigate, useSearch } from '@tanstack/react-router';

import { robotsSearch } from './search.ts';
import type { RobotsSearch } from './search.ts';

/** The page's search parameters, and a way to change some of them in place. */
export function useRobotsUrl(): [RobotsSearch, (change: Partial<RobotsSearch>) => void] {
  const search = robotsSearch.parse(useSearch({ strict: false }));
  const navigate = useNavigate();
  return [
    search,
    (change) => void navigate({ to: '/robots', search: { ...search, ...change }, replace: true }),
  ];
}
