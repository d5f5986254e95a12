import { useNavigate, useSearch } from '@tanstack/react-router';

import { functionsSearch } from './search.ts';
import type { FunctionsSearch, FunctionsView } from './search.ts';

/** The page's search parameters, and a way to change some of them in place. */
export function useFunctionsUrl(): [FunctionsSearch, (change: Partial<FunctionsSearch>) => void] {
  const search = functionsSearch.parse(useSearch({ strict: false }));
  const navigate = useNavigate();
  return [
    search,
    (change) => void navigate({ to: '/functions', search: { ...search, ...change }, replace: true }),
  ];
}

/** What an address shows: a filter without a view is one of the claims, nothing at all the pools. */
export function viewOf({ view, ...filter }: FunctionsSearch): FunctionsView {
  if (view !== undefined) return view;
  return Object.values(filter).some((value) => value !== undefined) ? 'claims' : 'pools';
}
