import { useNavigate, useSearch } from '@tanstack/react-router';

import { functionsSearch } from './functions.search.ts';
import type { FunctionsSearch } from './functions.search.ts';

/** The page's search parameters, and a way to change some of them in place. */
export function useFunctionsUrl(): [FunctionsSearch, (change: Partial<FunctionsSearch>) => void] {
  const search = functionsSearch.parse(useSearch({ strict: false }));
  const navigate = useNavigate();
  return [
    search,
    (change) => void navigate({ to: '/functions', search: { ...search, ...change }, replace: true }),
  ];
}
